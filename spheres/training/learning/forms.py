"""What is a group asked, how is it opened, and what does somebody answer on a phone?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.records.anonymous.questions import Asked
from spheres.records.between.occasions import Occasion
from spheres.records.forms import LookingForm
from spheres.training.learning import codes, policy, queries
from spheres.training.learning.actions import Opened
from spheres.training.learning.models import QuestionSet, Time
from spheres.ui.fields import DayField, LongTextField, RadiosField, SelectField, TextField
from spheres.ui.forms import Form

MOST_WORDS: Final = 300
SKIPPED: Final = ("", _("I do not answer"))


class OpenForm(Form):
    """About which topic, at which session, held which day."""

    asks = RadiosField(label=_("About which topic?"))
    session = SelectField(label=_("At which session?"))
    held_on = DayField(label=_("Day of the session"))

    def __init__(
        self,
        *args: Any,
        today: date,
        sets: Sequence[QuestionSet],
        sessions: Sequence[Occasion],
        **others: Any,
    ) -> None:
        super().__init__(*args, **others)
        self.today = today
        self.sets = {str(one.pk): one for one in sets}
        self.sessions = {str(one.id): one for one in sessions}
        self.choose_from("asks", [(key, one.title) for key, one in self.sets.items()])
        self.choose_from("session", [(key, one.name) for key, one in self.sessions.items()])

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if not self.today <= day <= self.today + policy.DAYS_AHEAD:
            raise ValidationError(_("Choose today or a later day, within three months."))
        return day

    def opened(self) -> Opened:
        it = self.cleaned_data
        session = self.sessions[it["session"]]
        return Opened(self.record_id, self.sets[it["asks"]], session.id, it["held_on"])


class AnswerForm(LookingForm):
    """A code of one's own, then a choice or a step by question; each question may be left out."""

    texts = ("tries",)

    own = TextField(
        label=_("Your own code: two letters, two figures"),
        hint=_(
            "First letter of the first name of somebody who matters to you, first letter of a town "
            "you love, then two figures that you will find again. Nobody else knows the three."
        ),
        max_length=12,
        width="short",
    )

    def __init__(self, *args: Any, time: Time, questions: Sequence[Asked], **others: Any) -> None:
        super().__init__(*args, **others)
        self.time = time
        self.questions = (*questions, *(queries.pleased() if time == Time.AFTER else ()))
        for one in self.questions:
            said = one.choices or tuple(str(step) for step in one.steps)
            choices = [(str(step), words) for step, words in zip(one.steps, said, strict=True)]
            self.fields[one.code] = RadiosField(
                label=one.label, choices=[*choices, SKIPPED], required=False, initial=""
            )
        if time == Time.AFTER:
            self.fields["tries"] = LongTextField(
                label=_("What I will try, in a sentence"),
                hint=_(
                    "No name and no place: whoever gave the training reads it, not knowing whose "
                    "it is."
                ),
                rows=3,
                required=False,
                max_length=MOST_WORDS,
            )

    @property
    def blocks(self) -> list[tuple[Asked, Any]]:
        return [(one, self[one.code]) for one in self.questions]

    def clean_own(self) -> str:
        own = str(self.cleaned_data["own"])
        if not codes.is_own(own):
            raise ValidationError(_("Write two letters, then two figures, as in AB12."))
        return codes.plain(own)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (self.steps() or cleaned.get("tries")):
            raise ValidationError(_("Nothing is answered yet. One question is enough."))
        return cleaned

    def steps(self) -> dict[str, int]:
        said = ((one.code, self.cleaned_data.get(one.code)) for one in self.questions)
        return {code: int(step) for code, step in said if step}
