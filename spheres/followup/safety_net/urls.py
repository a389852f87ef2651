"""Where is her safety? Under her file."""

from django.urls import path

from spheres.followup.safety_net.views import sheets, trail, urgent

app_name = "safety_net"
urlpatterns = [
    path("", sheets.page, name="page"),
    path("course/", sheets.course, name="course"),
    path("urgent/", urgent.urgent, name="urgent"),
    path("urgent/together/", urgent.together, name="urgent_together"),
    path("look/", sheets.look, name="look"),
    path("card/", sheets.card, name="card"),
    path("paper/", sheets.paper, name="paper"),
    path("trail/", trail.trail, name="trail"),
    path("versions/", sheets.versions, name="versions"),
    path("new/", sheets.write, name="write"),
    path("draft/", sheets.keep_draft, name="draft"),
    path("<uuid:record_id>/", sheets.detail, name="detail"),
    path("<uuid:record_id>/changes/", trail.changes, name="changes"),
    path("<uuid:record_id>/correct/", sheets.correct, name="correct"),
]
