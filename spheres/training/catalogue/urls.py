"""Where is the catalogue?"""

from django.urls import path

from spheres.training.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.index, name="list"),
    path("topics/<uuid:topic_id>/", views.topic, name="topic"),
    path("topics/<uuid:topic_id>/materials/", views.keep, name="keep"),
    path("materials/<uuid:material_id>/", views.keep_next, name="keep_next"),
    path("trainers/", views.trainers, name="trainers"),
    path("trainers/mine/", views.say_own, name="say_own"),
    path("trainers/outside/", views.say_outside, name="say_outside"),
    path("trainers/<uuid:trainer_id>/", views.say_again, name="say_again"),
    path("trainers/<uuid:trainer_id>/confirm/", views.confirm, name="confirm"),
]
