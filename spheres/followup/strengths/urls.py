"""Where are her strengths? Under her file."""

from django.urls import path

from spheres.followup.strengths import views

app_name = "strengths"
urlpatterns = [
    path("", views.log, name="log"),
    path("new/", views.write, name="write"),
    path("draft/", views.keep_draft, name="draft"),
    path("paper/", views.paper, name="paper"),
    path("<uuid:record_id>/", views.detail, name="detail"),
    path("<uuid:record_id>/correct/", views.correct, name="correct"),
    path("<uuid:record_id>/move/", views.move, name="move"),
]
