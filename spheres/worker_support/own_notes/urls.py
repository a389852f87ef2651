"""Where are one's own notes written, put away and taken along?"""

from django.urls import path

from spheres.worker_support.own_notes import views

app_name = "own_notes"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("paper/", views.take, name="take"),
    path("erase/", views.put_all_away, name="put_all_away"),
    path("<uuid:own_note_id>/erase/", views.put_away, name="put_away"),
]
