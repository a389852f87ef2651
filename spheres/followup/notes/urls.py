"""Where are notes? Under their file."""

from django.urls import path

from spheres.followup.notes import views

app_name = "notes"
urlpatterns = [
    path("new/", views.write, name="write"),
    path("draft/", views.keep_draft, name="draft"),
    path("<uuid:note_id>/", views.detail, name="detail"),
    path("<uuid:note_id>/hand-over/", views.hand_over, name="hand_over"),
    path("<uuid:note_id>/correct/", views.correct, name="correct"),
]
