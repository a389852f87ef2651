"""What of a planned meeting does a copy of her file hold?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.meetings.models import PlannedMeeting
from spheres.records.between import copying
from spheres.records.between.copying import Kind, Part, Told
from spheres.ui import moments


def when(meeting: PlannedMeeting) -> list[Told]:
    """Which way, and when."""
    return [
        Told("kind", _("Which way"), meeting.kind_label, is_whole=True),
        Told("starts_at", _("When"), moments.moment(meeting.starts_at), is_whole=True),
    ]


copying.register(
    Kind(
        "planned_meetings",
        _("A planned meeting"),
        PlannedMeeting,
        (Part("line", _("Where, or what for")),),
        chosen=when,
    ),
)
