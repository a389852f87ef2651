"""Where are lists of past trainings brought, looked at, added and undone?"""

from django.urls import path

from spheres.training.brought_in import views

app_name = "brought_in"
urlpatterns = [
    path("", views.lists, name="lists"),
    path("model/", views.model, name="model"),
    path("<uuid:past_list_id>/", views.one, name="one"),
    path("<uuid:past_list_id>/faults/", views.faults, name="faults"),
    path("<uuid:past_list_id>/aside/", views.set_aside, name="set_aside"),
    path("<uuid:past_list_id>/again/", views.take_up, name="take_up"),
    path("<uuid:past_list_id>/undo/", views.undo, name="undo"),
]
