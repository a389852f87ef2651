"""Where are stage marks? Under their file."""

from django.urls import path

from spheres.followup.stage_marks import views

app_name = "stage_marks"
urlpatterns = [
    path("", views.paths, name="paths"),
    path("new/", views.write, name="write"),
    path("draft/", views.keep_draft, name="draft"),
    path("<uuid:record_id>/", views.detail, name="detail"),
    path("<uuid:record_id>/correct/", views.correct, name="correct"),
]
