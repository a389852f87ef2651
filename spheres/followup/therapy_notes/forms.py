"""What may be typed in a psychotherapy note? A day; everything else may stay empty."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.therapy_notes.actions import TEXTS, Written
from spheres.followup.therapy_notes.models import TherapyNote
from spheres.records.forms import LookingForm
from spheres.ui.fields import AgreeField, DayField, LongTextField, RadiosField
from spheres.ui.forms import Form


class TherapyNoteForm(LookingForm):
    """What they said stands above what you write; the day alone may be shown, if they agree."""

    her_words = LongTextField(
        label=_("What they brought"),
        hint=_("In their words, as far as they want them kept."),
        required=False,
        rows=4,
    )
    observation = LongTextField(
        label=_("Your note"),
        hint=_("You alone read it. Without the full name of another person."),
        required=False,
        rows=10,
    )
    support = LongTextField(
        label=_("For the next time"),
        hint=_("What supports them until then, or where you will begin."),
        required=False,
        rows=3,
    )
    day = DayField(label=_("Which day was the meeting?"))
    shows_day = AgreeField(
        label=_("They agree that this day alone is shown"),
        hint=_("To those who read their summary in this file: the day, and nothing else."),
        required=False,
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            self.add_error("day", _("This day has not come yet. A note tells what took place."))
        return day

    @classmethod
    def values_of(cls, record: TherapyNote, *, shows_day: bool) -> dict[str, object]:
        """What an opened one says, to be corrected."""
        said = {name: getattr(record.opened, name) for name in TEXTS}
        return {"day": clock.day_of(record.occurred_at), "shows_day": shows_day, **said}

    def written(self) -> Written:
        """The valid answers, as the action takes them; noon stands for the day."""
        said = self.cleaned_data
        moment = datetime.combine(said["day"], time(12), tzinfo=ZoneInfo(settings.TIME_ZONE))
        return Written(
            id=self.record_id,
            occurred_at=moment,
            shows_day=bool(said["shows_day"]),
            **{name: said[name] for name in TEXTS},
        )


class HideDaysForm(Form):
    """Nothing to type: no day is shown any more."""


class BringInForm(Form):
    """Which psychotherapist of this organisation?"""

    who = RadiosField(label=_("Which psychotherapist?"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("who", choices)

    @property
    def chosen(self) -> UUID:
        return UUID(self.cleaned_data["who"])
