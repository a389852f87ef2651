"""Where does whoever gives a training ask its group, and where is it read what trainings change?"""

from django.urls import path

from spheres.training.learning import views

app_name = "learning"
urlpatterns = [
    path("", views.list_all, name="list"),
    path("open/", views.open_one, name="open"),
    path("topics/<uuid:topic_id>/", views.topic, name="topic"),
    path("<uuid:learning_id>/", views.group, name="group"),
    path("<uuid:learning_id>/after/", views.ask_after, name="after"),
    path("<uuid:learning_id>/close/", views.close, name="close"),
]
