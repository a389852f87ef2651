"""Where are urgent needs? Under their file."""

from django.urls import path

from spheres.followup.urgent_needs import views

app_name = "urgent_needs"
urlpatterns = [
    path("new/", views.write, name="write"),
    path("draft/", views.keep_draft, name="draft"),
    path("<uuid:record_id>/", views.detail, name="detail"),
    path("<uuid:record_id>/correct/", views.correct, name="correct"),
    path("<uuid:record_id>/begin/", views.begin, name="begin"),
    path("<uuid:record_id>/close/", views.close, name="close"),
]
