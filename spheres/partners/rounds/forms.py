"""What may be answered to a round, how is one opened, and in which words is it said?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.partners.rounds.actions import Heard, Opened
from spheres.partners.rounds.models import QuestionSet
from spheres.partners.rounds.policy import LONGEST
from spheres.records.anonymous.questions import STEPS, Asked
from spheres.records.anonymous.sheets import end_of
from spheres.records.between.occasions import Occasion
from spheres.records.forms import LookingForm
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
)
from spheres.ui.forms import Form

MOST_WORDS: Final = 400
SKIPPED: Final = ("", _("I do not answer"))


class AnswerForm(Form):
    """A step and perhaps a remark for each question; each may be left out."""

    def __init__(self, *args: Any, questions: Sequence[Asked], **others: Any) -> None:
        super().__init__(*args, **others)
        self.questions = questions
        steps = [*((str(step), str(step)) for step in STEPS), SKIPPED]
        for one in questions:
            self.fields[f"{one.code}-step"] = RadiosField(
                label=one.label, choices=steps, required=False, initial=""
            )
            self.fields[f"{one.code}-remark"] = LongTextField(
                label=_("A remark"), rows=2, required=False, max_length=MOST_WORDS
            )

    @property
    def blocks(self) -> list[tuple[Asked, Any, Any]]:
        return [
            (one, self[f"{one.code}-step"], self[f"{one.code}-remark"]) for one in self.questions
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (self.steps() or self.remarks()):
            raise ValidationError(_("Nothing is answered yet. One question is enough."))
        return cleaned

    def steps(self) -> dict[str, int]:
        said = ((one.code, self.cleaned_data.get(f"{one.code}-step")) for one in self.questions)
        return {code: int(step) for code, step in said if step}

    def remarks(self) -> dict[str, str]:
        said = ((one.code, self.cleaned_data.get(f"{one.code}-remark")) for one in self.questions)
        return {code: words for code, words in said if words}


class LastDayForm(Form):
    """Until which day one may answer."""

    last_day = DayField(label=_("Last day to answer this round"))

    def __init__(self, *args: Any, today: date, **others: Any) -> None:
        super().__init__(*args, **others)
        self.today = today

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if not self.today < day <= self.today + LONGEST:
            raise ValidationError(_("Choose a day after today, within three months."))
        return day

    def ends_at(self) -> datetime:
        """The end of that day, where the region is."""
        return end_of(self.cleaned_data["last_day"])


class OpenForm(LastDayForm):
    """Which questions, asked of whom, until when, and on which occasion they are talked about."""

    asks = RadiosField(label=_("Which questions?"))
    organisations = ChecksField(
        label=_("Which organisations do you ask?"),
        hint=_("To compare with the last round later, ask the same ones each time."),
    )
    rides_on = SelectField(label=_("When will you talk about it together?"), required=False)

    def __init__(
        self,
        *args: Any,
        sets: Sequence[QuestionSet],
        partners: Iterable[Organisation],
        occasions: Sequence[Occasion],
        **others: Any,
    ) -> None:
        super().__init__(*args, **others)
        self.sets = {str(one.pk): one for one in sets}
        self.occasions = {str(one.id): one for one in occasions}
        self.choose_from("asks", [(key, one.title) for key, one in self.sets.items()])
        self.choose_from("organisations", [(str(one.pk), one.name) for one in partners])
        nothing = ("", _("At no meeting in particular"))
        self.choose_from(
            "rides_on", [nothing, *((key, one.name) for key, one in self.occasions.items())]
        )

    def opened(self) -> Opened:
        it = self.cleaned_data
        rides_on = self.occasions.get(it["rides_on"])
        return Opened(
            self.record_id,
            self.sets[it["asks"]],
            [UUID(one) for one in it["organisations"]],
            self.ends_at(),
            rides_on.kind if rides_on else "",
            rides_on.id if rides_on else None,
        )


class SettleForm(LookingForm):
    """The positions that were heard, reworded: up to three a question, of many or of a few."""

    EACH: Final = 3

    def __init__(self, *args: Any, questions: Sequence[Asked], **others: Any) -> None:
        super().__init__(*args, **others)
        self.questions = questions
        self.lines = [
            (one, f"{one.code}-{place}") for one in questions for place in range(self.EACH)
        ]
        for _one, line in self.lines:
            self.fields[f"{line}-fr"] = LongTextField(
                label=_("A position, in your words (in French)"),
                rows=2, required=False, max_length=MOST_WORDS,
            )  # fmt: skip
            self.fields[f"{line}-en"] = LongTextField(
                label=_("The same in English, if you can"),
                rows=2, required=False, max_length=MOST_WORDS,
            )  # fmt: skip
            self.fields[f"{line}-few"] = AgreeField(
                label=_("A few hold it: keep it all the same"), required=False
            )
        self.texts = tuple(
            f"{line}-{language}" for _one, line in self.lines for language in ("fr", "en")
        )

    def lines_of(self, code: str) -> list[list[forms.BoundField]]:
        return [
            [self[f"{line}-{part}"] for part in ("fr", "en", "few")]
            for one, line in self.lines
            if one.code == code
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for _one, line in self.lines:
            if cleaned.get(f"{line}-en") and not cleaned.get(f"{line}-fr"):
                self.add_error(f"{line}-fr", _("Write it in French too: all read it there."))
        return cleaned

    def heard(self) -> list[Heard]:
        it = self.cleaned_data
        return [
            Heard(one.code, it[f"{line}-fr"], it[f"{line}-en"], is_of_few=it[f"{line}-few"])
            for one, line in self.lines
            if it[f"{line}-fr"]
        ]
