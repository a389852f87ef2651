"""Where are the questionnaires? Their library under the file, what was answered by its section."""

from django.urls import URLPattern, path

from spheres.followup.instruments import views

app_name = "instruments"
urlpatterns = [
    path("", views.library, name="library"),
    path("<uuid:instrument_id>/blank/", views.blank, name="blank"),
]


def of_section(section: str) -> list[URLPattern]:
    """The same pages for each section: the address says in which one they look."""
    said = {"section": section}
    return [
        path("new/", views.write, said, name="write"),
        path("draft/", views.keep_draft, said, name="draft"),
        path("<uuid:record_id>/", views.detail, said, name="detail"),
        path("<uuid:record_id>/correct/", views.correct, said, name="correct"),
        path("<uuid:record_id>/paper/", views.paper, said, name="paper"),
    ]
