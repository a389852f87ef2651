"""What may be typed of a planned meeting? A way, a day and an hour; the rest may stay empty."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.meetings import policy
from spheres.followup.meetings.actions import Planned
from spheres.followup.meetings.models import KINDS, PlannedMeeting
from spheres.records.naming.identifiers import Finding, look
from spheres.regions import queries as regions
from spheres.ui import moments
from spheres.ui.fields import DayField, RadiosField, SelectField, TextField, TimeField
from spheres.ui.forms import Form

LONGEST_LINE = 300


class MeetingForm(Form):
    """When, which way; a place or a purpose if it helps, locked like every text."""

    kind = RadiosField(label=_("How will you meet?"))
    day = DayField(label=_("Which day?"))
    hour = TimeField(label=_("At what time?"))
    length = SelectField(label=_("How long, about?"), required=False)
    line = TextField(
        label=_("A place, or what for"),
        hint=_("A few words that the two of you understand, without an address or a name."),
        required=False,
        max_length=LONGEST_LINE,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        offered = dict(regions.choices("contact_kinds"))
        self.choose_from("kind", [(code, offered[code]) for code in KINDS if code in offered])
        unsaid = ("", _("To be seen"))
        self.choose_from("length", [unsaid, *regions.choices("contact_lengths")])

    def clean(self) -> dict[str, Any]:
        """An hour that exists, to come, and not so far that the year must be a slip."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "day" in said and "hour" in said:
            try:
                said["starts_at"] = moment_of(said["day"], said["hour"])
            except ValidationError as why:
                self.add_error("hour", why)
                return said
            if said["starts_at"] < clock.now():
                self.add_error("day", _("This moment has passed. What took place is noted."))
            elif said["starts_at"] > clock.now() + policy.FARTHEST:
                self.add_error("day", _("This day is more than a year away. Check the year."))
        return said

    def findings(self) -> list[Finding]:
        """What looks like a name, an address or a number, unless the worker has looked again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return look(str(self.data.get("line") or ""))

    @classmethod
    def starting_values(cls) -> dict[str, object]:
        """Face to face, this month: a day and an hour are what is left to say."""
        today = clock.today()
        return {"kind": KINDS[0], "day": ["", str(today.month), str(today.year)]}

    @classmethod
    def values_of(cls, meeting: PlannedMeeting) -> dict[str, object]:
        """What an opened one says, to be moved."""
        here = meeting.starts_at.astimezone(ZoneInfo(settings.TIME_ZONE))
        return {
            "kind": meeting.kind,
            "day": here.date(),
            "hour": f"{here:%H:%M}",
            "length": meeting.length,
            "line": meeting.opened.line,
        }

    def planned(self) -> Planned:
        """The valid answers, as the action takes them."""
        said = self.cleaned_data
        return Planned(
            id=self.record_id,
            kind=said["kind"],
            starts_at=said["starts_at"],
            length=said["length"],
            line=said["line"],
        )


def moment_of(day: date, hour: time) -> datetime:
    """The moment of a local day and hour. An hour that the clock gives twice is the first one.

    Raises ValidationError for an hour that the clock jumps over, the night it moves forward.
    """
    try:
        moment: datetime = moments.moment_of(day, hour)
    except moments.NoSuchHour as none:
        raise ValidationError(
            _("That night the clock moves forward: %(hour)s does not exist. Choose another hour."),
            params={"hour": moments.hour_of_day(hour)},
        ) from none
    return moment
