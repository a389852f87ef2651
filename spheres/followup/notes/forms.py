"""What may be typed in a note? Only the kind and the moment are asked for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.notes.actions import Written
from spheres.followup.notes.models import MEETING, Note
from spheres.records.identifiers import Finding, look
from spheres.regions import queries as regions
from spheres.ui.fields import (
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TimeField,
)
from spheres.ui.forms import Form

FREE_TEXTS = ("her_words", "observation", "support")
UNKNOWN = ("", _("Unknown"))
# What is asked under «more», and the vocabulary it is answered from.
FOLDED = {
    "place": "contact_places",
    "length": "contact_lengths",
    "initiative": "contact_beginners",
}


class NoteForm(Form):
    """Her words above the worker's; everything but kind and day may stay empty."""

    kind = RadiosField(label=_("What was it?"))
    day = DayField(label=_("Which day?"))
    hour = TimeField(
        label=_("At what time?"), hint=_("Leave empty if you do not recall."), required=False
    )
    place = SelectField(label=_("Where?"), required=False)
    length = SelectField(label=_("How long, about?"), required=False)
    initiative = SelectField(label=_("Who began it?"), required=False)
    tags = ChecksField(label=_("What was it about?"), required=False)
    her_words = LongTextField(
        label=_("In their words"),
        hint=_("What the person said, as they said it. They may read this page."),
        required=False,
        rows=3,
    )
    observation = LongTextField(
        label=_("What you saw or did"),
        hint=_("Facts, without names of other people, addresses or phone numbers."),
        required=False,
        rows=6,
    )
    support = LongTextField(
        label=_("What helps next"),
        hint=_("One small step, their own if possible."),
        required=False,
        rows=2,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("kind", regions.choices("contact_kinds"))
        for name, vocabulary in FOLDED.items():
            self.choose_from(name, [UNKNOWN, *regions.choices(vocabulary)])
        self.choose_from("tags", regions.choices("contact_tags"))

    @property
    def is_more_said(self) -> bool:
        """Whether something is written, or wrong, in what is folded: then it is shown unfolded."""
        return any(self[name].value() or self[name].errors for name in (*FOLDED, "tags"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            self.add_error("day", _("This day has not come yet. A note tells what took place."))
        return day

    @classmethod
    def starting_values(cls, kind: str = MEETING) -> dict[str, object]:
        """Now, as most notes are written just after."""
        now = clock.now().astimezone(ZoneInfo(settings.TIME_ZONE))
        return {"kind": kind, "day": now.date(), "hour": f"{now:%H:%M}"}

    @classmethod
    def values_of(cls, note: Note) -> dict[str, object]:
        """What an opened note says, to be corrected."""
        moment = note.occurred_at.astimezone(ZoneInfo(settings.TIME_ZONE))
        return {
            "kind": note.kind,
            "day": moment.date(),
            "hour": f"{moment:%H:%M}",
            "place": note.place,
            "length": note.length,
            "initiative": note.initiative,
            "tags": note.tags,
            "her_words": note.opened.her_words,
            "observation": note.opened.observation,
            "support": note.opened.support,
        }

    def findings(self) -> list[Finding]:
        """What looks like a name, an address or a number, unless the worker has looked again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return [finding for name in FREE_TEXTS for finding in look(str(self.data.get(name) or ""))]

    def written(self) -> Written:
        """The valid answers, as the action takes them. Without an hour, noon stands for the day."""
        said = self.cleaned_data
        moment = datetime.combine(
            said["day"], said["hour"] or time(12), tzinfo=ZoneInfo(settings.TIME_ZONE)
        )
        return Written(
            id=self.record_id,
            kind=said["kind"],
            occurred_at=moment,
            **{name: said[name] for name in (*FOLDED, "tags")},
            her_words=said["her_words"],
            observation=said["observation"],
            support=said["support"],
        )
