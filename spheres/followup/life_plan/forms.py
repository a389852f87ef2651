"""What may be typed of a dream, a goal, a step, a trace? One line each; the rest may stay empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.life_plan.actions import StepSaid, TraceSaid, Written
from spheres.followup.life_plan.models import DOMAINS, Aim, Idea
from spheres.records.forms import LookingForm
from spheres.records.models import Pen
from spheres.regions import queries as regions
from spheres.ui.fields import (
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)

Kind = Aim.Kind
LONGEST: Final = 300
FARTHEST: Final = timedelta(days=3 * 366)
NOT_SAID = ("", _("Not said"))
AGREED, NOT_YET = "yes", "not_yet"


class AimForm(LookingForm):
    """A dream is one line. A goal says whose idea it was, and that she agreed to it, and when."""

    texts = ("line", "her_words", "observation", "support")

    kind = forms.ChoiceField(choices=Kind, widget=forms.HiddenInput, required=False)
    line = TextField(label=_("In one line"), max_length=LONGEST)
    her_words = LongTextField(
        label=_("In your words"),
        hint=_("If you want: what it would change, why it matters."),
        required=False,
        rows=3,
    )
    dream = SelectField(label=_("Does it go towards a dream?"), required=False)
    domain = SelectField(label=_("What part of life?"), required=False)
    idea = RadiosField(label=_("Whose idea is it?"), required=False, choices=Idea.choices)
    agreed = RadiosField(
        label=_("Do you agree to have this goal in your plan?"),
        error_messages={"required": _("Without an answer, it is not in the plan.")},
        choices=[(AGREED, _("Yes, I agree")), (NOT_YET, _("No, or not now"))],
    )
    agreed_on = DayField(label=_("Agreed on which day?"))
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

    def __init__(
        self,
        *args: Any,
        dreams: Sequence[tuple[str, str]] = (),
        kind: str = "",
        **others: Any,
    ) -> None:
        super().__init__(*args, **others)
        said = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        self.of_kind = kind or (said if said in Kind.values else Kind.DREAM)
        self.initial["kind"] = self.of_kind
        # A dream is dated; a goal, from the day she agreed.
        of_other = ("dream", "domain", "idea", "agreed", "agreed_on") if self.is_dream else ("day",)
        for name in of_other:
            del self.fields[name]
        if self.is_dream:
            return
        self.has_dreams = bool(dreams)
        self.choose_from("dream", [NOT_SAID, *dreams])
        self.choose_from("domain", [NOT_SAID, *regions.choices(DOMAINS)])

    @property
    def is_dream(self) -> bool:
        return bool(self.of_kind == Kind.DREAM)

    @property
    def is_more_said(self) -> bool:
        return any(self[name].value() or self[name].errors for name in ("observation", "support"))

    @property
    def is_refused(self) -> bool:
        """A goal she did not agree to: it is not hers, and is not put in her plan."""
        if not self.is_bound or self.is_dream or self.errors:
            return False
        return self.cleaned_data.get("agreed") != AGREED

    def clean_day(self) -> date:
        return self._come("day")

    def clean_agreed_on(self) -> date:
        return self._come("agreed_on")

    def _come(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day > clock.today():
            self.add_error(name, _("This day has not come yet."))
        return day

    @classmethod
    def values_of(cls, record: Aim) -> dict[str, object]:
        """What an opened one says, to be said otherwise."""
        return {
            "kind": record.kind,
            "dream": str(record.dream_id or ""),
            "domain": record.domain,
            "idea": record.idea,
            "agreed": AGREED if record.agreed_on else "",
            "agreed_on": record.agreed_on,
            "day": clock.day_of(record.occurred_at),
            "pen": record.pen,
            **{name: getattr(record.opened, name) for name in cls.texts},
        }

    def written(self) -> Written:
        """The valid answers, as the action takes them; noon stands for the day."""
        said = self.cleaned_data
        day = said["day"] if self.is_dream else said["agreed_on"]
        moment = datetime.combine(day, time(12), tzinfo=ZoneInfo(settings.TIME_ZONE))
        texts = {name: said[name] for name in self.texts}
        if self.is_dream:
            return Written(
                self.record_id, self.of_kind, occurred_at=moment, idea=Idea.HERS, pen=said["pen"],
                **texts,
            )  # fmt: skip
        return Written(
            self.record_id,
            self.of_kind,
            occurred_at=moment,
            idea=said["idea"] or Idea.UNKNOWN,
            agreed_on=day if said["agreed"] == AGREED else None,
            domain=said["domain"],
            dream_id=UUID(said["dream"]) if said["dream"] else None,
            pen=said["pen"],
            **texts,
        )


class StepForm(LookingForm):
    """One small step; a day if she wants one, and the needs it is for if she says so."""

    texts = ("line",)

    line = TextField(
        label=_("A very small step"),
        hint=_("So small that it can be done even on a hard day."),
        max_length=LONGEST,
    )
    meant_on = DayField(
        label=_("Around which day?"),
        hint=_("Only if it helps. Nothing is ever late here."),
        required=False,
    )
    idea = RadiosField(label=_("Whose idea is it?"), required=False, choices=Idea.choices)
    is_chosen = RadiosField(
        label=_("Do you take it?"),
        required=False,
        choices=[("yes", _("Yes, I choose it")), ("no", _("Not yet: it is only proposed"))],
    )
    needs = ChecksField(label=_("Which needs is it for?"), required=False)

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("needs", regions.choices("needs"))

    def clean_meant_on(self) -> date | None:
        day: date | None = self.cleaned_data["meant_on"]
        if day and abs(day - clock.today()) > FARTHEST:
            self.add_error("meant_on", _("This day is too far away."))
        return day

    def said(self) -> StepSaid:
        said = self.cleaned_data
        return StepSaid(
            self.record_id,
            said["line"],
            said["meant_on"],
            said["idea"] or Idea.UNKNOWN,
            said["is_chosen"] == "yes",
            said["needs"],
        )


class TraceForm(LookingForm):
    """What was done, told by whoever did it."""

    texts = ("words",)

    words = LongTextField(
        label=_("What I did"), hint=_("In your words, as short as you like."), rows=3
    )
    done_on = DayField(label=_("Which day?"))
    pen = RadiosField(label=_("Who held the pen?"), choices=Pen.choices)

    def clean_done_on(self) -> date:
        day: date = self.cleaned_data["done_on"]
        if day > clock.today():
            self.add_error("done_on", _("This day has not come yet."))
        return day

    def said(self, step_id: UUID | None) -> TraceSaid:
        said = self.cleaned_data
        return TraceSaid(self.record_id, said["words"], said["done_on"], said["pen"], step_id)


class TaskForm(LookingForm):
    """Something the worker does on their own side."""

    texts = ("line",)

    line = TextField(
        label=_("What you will do"),
        hint=_("Facts, without names of other people, addresses or phone numbers."),
        max_length=LONGEST,
    )
