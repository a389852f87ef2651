"""What may be typed of a strength? What it is, one line, who says it; the rest may stay empty."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.strengths.actions import TEXTS, Written
from spheres.followup.strengths.models import Kind, Strength, Voice
from spheres.records.forms import LookingForm
from spheres.records.models import Pen
from spheres.ui.fields import AgreeField, DayField, LongTextField, RadiosField, TextField

LONGEST: Final = 300


class StrengthForm(LookingForm):
    """One line, in your words: a strength, something you are proud of, a thank-you, a milestone."""

    texts = TEXTS

    kind = RadiosField(label=_("What is it?"), choices=Kind.choices)
    line = TextField(
        label=_("In one line, in your words"),
        hint=_("However small it is. First names only, if you name somebody."),
        max_length=LONGEST,
    )
    voice = RadiosField(label=_("Who says it?"), choices=Voice.choices)
    agreed = AgreeField(
        label=_("If my worker noticed it: I agree that it stands here"), required=False
    )
    her_words = LongTextField(
        label=_("More, in your words"),
        hint=_("If you want: what it says of you, what helped."),
        required=False,
        rows=3,
    )
    day = DayField(label=_("For which day?"), hint=_("Today, or the day you choose."))
    pen = RadiosField(label=_("Who held the pen?"), choices=Pen.choices)
    observation = LongTextField(
        label=_("What the worker saw"),
        hint=_("Facts, without names of other people, addresses or phone numbers."),
        required=False,
        rows=2,
    )
    support = LongTextField(
        label=_("What helps next"),
        hint=_("One small step, their own if possible."),
        required=False,
        rows=2,
    )

    @property
    def is_more_said(self) -> bool:
        return any(self[name].value() or self[name].errors for name in ("observation", "support"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            self.add_error(
                "day", _("This day has not come yet. A dream has its place in the plan.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """What the worker noticed stands here only with her agreement, said on this page."""
        said = super().clean() or self.cleaned_data
        if said.get("voice") == Voice.WORKER and not said.get("agreed"):
            self.add_error("agreed", _("What you noticed stands here only if they agree."))
        return dict(said)

    @classmethod
    def starting_values(cls) -> dict[str, object]:
        """A blank page, for today."""
        return {
            "kind": Kind.STRENGTH, "voice": Voice.HERS, "day": clock.today(), "pen": Pen.TOGETHER,
        }  # fmt: skip

    @classmethod
    def values_of(cls, record: Strength) -> dict[str, object]:
        """What an opened one says, to be corrected."""
        return {
            "kind": record.kind,
            "voice": record.voice,
            "agreed": record.agreed_on is not None,
            "pen": record.pen,
            "day": clock.day_of(record.occurred_at),
            **{name: getattr(record.opened, name) for name in TEXTS},
        }

    def written(self) -> Written:
        """The valid answers, as the action takes them; noon stands for the day."""
        said = self.cleaned_data
        moment = datetime.combine(said["day"], time(12), tzinfo=ZoneInfo(settings.TIME_ZONE))
        is_noticed = said["voice"] == Voice.WORKER
        return Written(
            id=self.record_id,
            kind=said["kind"],
            occurred_at=moment,
            voice=said["voice"],
            agreed_on=clock.today() if is_noticed else None,
            pen=said["pen"],
            **{name: said[name] for name in TEXTS},
        )
