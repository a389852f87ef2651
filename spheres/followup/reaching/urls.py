"""Where is the way to reach her? Under her file."""

from django.urls import path

from spheres.followup.reaching import views

app_name = "reaching"
urlpatterns = [
    path("", views.detail, name="detail"),
    path("change/", views.change, name="change"),
    path("not-safe/", views.note_unsafe, name="not_safe"),
    path("safe/", views.note_safe, name="safe"),
    path("still-true/", views.confirm, name="still_true"),
    path("call-sheet/", views.call_sheet, name="call_sheet"),
    path("text/", views.text, name="text"),
]
