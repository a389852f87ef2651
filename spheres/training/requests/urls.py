"""Where are the requests for training?"""

from django.urls import path

from spheres.training.requests import views

app_name = "requests"
urlpatterns = [
    path("", views.listed, name="list"),
    path("begin/<uuid:engaged_id>/", views.begin, name="begin"),
    path("<uuid:training_request_id>/", views.one, name="one"),
]
