"""Where are the papers of a meeting? Under it."""

from django.urls import path

from spheres.partners.meeting_papers import views

app_name = "meeting_papers"
HERE = "committees/meetings/<uuid:sitting_id>/papers"
urlpatterns = [
    path(f"{HERE}/", views.page, name="page"),
    path(f"{HERE}/<uuid:tabled_id>/off/", views.remove, name="remove"),
    path(f"{HERE}/<uuid:tabled_id>/<uuid:leaf_id>/", views.leaf, name="leaf"),
]
