"""Where are psychotherapy notes? Under the file of whoever holds them."""

from django.urls import path

from spheres.followup.therapy_notes import views

app_name = "therapy_notes"
urlpatterns = [
    path("new/", views.write, name="write"),
    path("draft/", views.keep_draft, name="draft"),
    path("days/", views.days, name="days"),
    path("beside/", views.bring_in, name="bring_in"),
    path("<uuid:record_id>/", views.detail, name="detail"),
    path("<uuid:record_id>/correct/", views.correct, name="correct"),
]
