"""What may be said of what success is for her? Sentences, her own words, or both."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.success.actions import TEXTS, Written
from spheres.followup.success.models import NOT_SAID, Choice, sentences
from spheres.records.forms import LookingForm
from spheres.records.models import Pen
from spheres.ui.fields import ChecksField, DayField, LongTextField, RadiosField


class HerSuccessForm(LookingForm):
    """What she says alone, in her notebook."""

    texts: tuple[str, ...] = ("her_words",)

    statements = ChecksField(
        label=_("For you, when will you say that it worked?"),
        hint=_("As many as you want. You can change any day."),
        required=False,
    )
    her_words = LongTextField(
        label=_("And in your words"),
        hint=_("If you want: what no sentence here says."),
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("statements", sentences())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        chosen = said.get("statements") or []
        if NOT_SAID in chosen and len(chosen) > 1:
            self.add_error(
                "statements", _("Choose sentences, or prefer not to say: not both at once.")
            )
        elif not self.errors and not chosen and not said.get("her_words"):
            raise ValidationError(
                _("Nothing is chosen yet. One sentence, or a few words of yours, is enough.")
            )
        return dict(said)

    @staticmethod
    def values_of(record: Choice) -> dict[str, object]:
        """What an opened one says, to be said otherwise."""
        return {"statements": record.statements, "her_words": record.opened.her_words}

    def of_today(self, at: datetime) -> Written:
        """What she said herself, now."""
        said = self.cleaned_data
        return Written(
            self.record_id, said["statements"], at, pen=Pen.HER, her_words=said["her_words"]
        )


class SuccessForm(HerSuccessForm):
    """What she says with her worker."""

    texts = TEXTS

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
                "day", _("This day has not come yet. What you hope for is said as of today.")
            )
        return day

    @staticmethod
    def values_of(record: Choice) -> dict[str, object]:
        """What an opened one says, to be corrected."""
        return {
            "statements": record.statements,
            "pen": record.pen,
            "day": clock.day_of(record.occurred_at),
            **{name: getattr(record.opened, name) for name in TEXTS},
        }

    def written(self) -> Written:
        """The valid answers, as the action takes them; noon stands for the day."""
        said = self.cleaned_data
        moment = datetime.combine(said["day"], time(12), tzinfo=ZoneInfo(settings.TIME_ZONE))
        return Written(
            id=self.record_id,
            statements=said["statements"],
            occurred_at=moment,
            pen=said["pen"],
            **{name: said[name] for name in TEXTS},
        )
