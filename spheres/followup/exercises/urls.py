"""Where are the exercises? Their library under the file, what was filled under its section."""

from django.urls import URLPattern, path

from spheres.followup.exercises import views

app_name = "exercises"
urlpatterns = [
    path("", views.library, name="library"),
    path("<uuid:exercise_id>/", views.history, name="history"),
    path("<uuid:exercise_id>/together/", views.together, name="together"),
    path("<uuid:exercise_id>/blank/", views.blank, name="blank"),
]


def of_section(section: str) -> list[URLPattern]:
    """The same pages for each section: the address says in which one they look."""
    said = {"section": section}
    return [
        path("new/", views.write, said, name="write"),
        path("draft/", views.keep_draft, said, name="draft"),
        path("<uuid:record_id>/", views.detail, said, name="detail"),
        path("<uuid:record_id>/correct/", views.correct, said, name="correct"),
        path("<uuid:record_id>/shown/", views.shown, said, name="shown"),
        path("<uuid:record_id>/paper/", views.paper, said, name="paper"),
    ]
