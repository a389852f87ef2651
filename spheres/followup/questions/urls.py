"""Where are the questions asked under a code, and the one that somebody answers?"""

from django.urls import path

from spheres.followup.questions import views

app_name = "questions"
urlpatterns = [
    path("questions/", views.listed, name="list"),
    path("questions/set-aside/", views.set_aside, name="set_aside"),
    path("questions/<uuid:question_id>/", views.one, name="one"),
    path("questions/<uuid:question_id>/hand/", views.hand, name="hand"),
    path("questions/<uuid:question_id>/take-back/", views.take_back, name="take_back"),
    path("questions/<uuid:question_id>/take-up/", views.take_up, name="take_up"),
]
