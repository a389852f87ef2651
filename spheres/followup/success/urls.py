"""Where does she say what success is for her? Under her file."""

from django.urls import path

from spheres.followup.success import views

app_name = "success"
urlpatterns = [
    path("", views.story, name="story"),
    path("new/", views.write, name="write"),
    path("draft/", views.keep_draft, name="draft"),
    path("<uuid:record_id>/", views.detail, name="detail"),
    path("<uuid:record_id>/correct/", views.correct, name="correct"),
]
