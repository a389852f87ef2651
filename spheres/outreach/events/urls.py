"""Where are the events, and what audiences ask?"""

from django.urls import path

from spheres.outreach.events.views import gathering, noting

app_name = "events"
urlpatterns = [
    path("", noting.index, name="list"),
    path("sheet/", noting.sheet, name="sheet"),
    path("reach/", gathering.reach, name="reach"),
    path("new/", noting.note, name="note"),
    path("organisations/", gathering.organisations, name="organisations"),
    path("organisations/<uuid:engaged_id>/", gathering.organisation, name="organisation"),
    path("questions/", gathering.questions, name="questions"),
    path("questions/<uuid:put_id>/", gathering.question, name="question"),
    path("kit/", gathering.kits, name="kits"),
    path("kit/<slug:audience>/", gathering.kit, name="kit"),
    path("<uuid:event_id>/", noting.event, name="event"),
    path("<uuid:event_id>/change/", noting.change, name="change"),
    path("<uuid:event_id>/cancel/", noting.cancel, name="cancel"),
    path("<uuid:event_id>/asked-for/", noting.ask, name="ask"),
    path("<uuid:event_id>/questions/", noting.write_questions, name="write_questions"),
    path("<uuid:event_id>/outputs/", noting.write_output, name="write_output"),
]
