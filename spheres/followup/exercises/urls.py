"""Where are the exercises? Their library under the file, what was filled under its section."""

from django.urls import URLPattern, path

from spheres.followup.exercises.views import pictures, sheets

app_name = "exercises"
urlpatterns = [
    path("", sheets.library, name="library"),
    path("<uuid:exercise_id>/", sheets.history, name="history"),
    path("<uuid:exercise_id>/together/", sheets.together, name="together"),
    path("<uuid:exercise_id>/voices/", pictures.overlaid, name="voices"),
    path("<uuid:exercise_id>/needs/", pictures.needs, name="needs"),
    path("<uuid:exercise_id>/blank/", sheets.blank, name="blank"),
]


def of_section(section: str) -> list[URLPattern]:
    """The same pages for each section: the address says in which one they look."""
    said = {"section": section}
    return [
        path("new/", sheets.write, said, name="write"),
        path("draft/", sheets.keep_draft, said, name="draft"),
        path("<uuid:record_id>/", sheets.detail, said, name="detail"),
        path("<uuid:record_id>/correct/", sheets.correct, said, name="correct"),
        path("<uuid:record_id>/shown/", sheets.shown, said, name="shown"),
        path("<uuid:record_id>/paper/", sheets.paper, said, name="paper"),
    ]
