"""Where is the catalogue?"""

from django.urls import path

from spheres.training.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.index, name="list"),
    path("topics/<uuid:topic_id>/", views.topic, name="topic"),
]
