"""What may be answered to a request for training?"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.records.forms import LookingForm
from spheres.training.requests.models import Answer
from spheres.ui.fields import DayField, LongTextField, RadiosField

Outcome = Answer.Outcome
NEEDS_WORDS: Final = {
    Outcome.OTHERWISE: _("Say which other way: another day, another topic, an evening online."),
    Outcome.NO: _("Say whom they may turn to."),
}


class AnswerForm(LookingForm):
    """Yes with a day, another way, not this time with whom to turn to; then that it is agreed."""

    texts = ("words",)

    outcome = RadiosField(label=_("What do you answer?"), choices=Outcome.choices)
    proposed_on = DayField(
        label=_("Which day?"),
        hint=_("For a yes, or for a day that is agreed."),
        required=False,
    )
    words = LongTextField(
        label=_("What you add"),
        hint=_("It goes in the letter as you write it. Name no young person."),
        max_length=3_000,
        required=False,
        rows=4,
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        outcome, day = said.get("outcome"), said.get("proposed_on")
        if outcome in Answer.DATED and "proposed_on" in said and day is None:
            self.add_error("proposed_on", _("Say which day."))
        if outcome in Answer.DATED and day is not None and day < clock.today():
            self.add_error("proposed_on", _("This day has passed: say one that comes."))
        if outcome in NEEDS_WORDS and "words" in said and not said["words"]:
            self.add_error("words", NEEDS_WORDS[outcome])
        return said
