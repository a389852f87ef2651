"""Where are the requests for training?"""

from django.urls import path

from spheres.training.requests import views

app_name = "requests"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<uuid:training_request_id>/", views.one, name="one"),
]
