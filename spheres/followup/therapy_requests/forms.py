"""What is asked of whoever asks for a psychotherapy with her, and of whoever answers?"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.therapy_requests import policy
from spheres.followup.therapy_requests.models import TherapyRequestDay
from spheres.followup.therapy_requests.queries import Days
from spheres.ui.fields import AgreeField, DayField, LongTextField, RadiosField
from spheres.ui.forms import Form

What = TherapyRequestDay.What


class AskForm(Form):
    """A summary, read back, and approved."""

    summary = LongTextField(
        label=_("What they want the psychotherapist to know"),
        hint=_(
            "Written together, in their words: what they are looking for, what helps, what to "
            "go gently with. No more than they want to say."
        ),
        rows=6,
    )
    opens_there = AgreeField(
        label=_("If the answer is yes, they agree that a file of their own begins there"),
        hint=_(
            "With their name and the ways to reach them safely, as they stand that day, and "
            "nothing else. Saying no changes nothing to what is asked."
        ),
        required=False,
    )
    approved = AgreeField(
        label=_("They read it, or heard it read, and approve each word"), required=True
    )


class DayForm(Form):
    """Which of the days, and when."""

    what = RadiosField(label=_("What happened?"))
    on = DayField(label=_("Which day?"))

    def __init__(self, *args: Any, days: Days, **others: Any) -> None:
        super().__init__(*args, **others)
        self.days = days
        self.choose_from("what", What.choices)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("on") and said.get("what"):
            may = policy.can_be_on(
                said["on"],
                asked=self.days.asked,
                today=clock.today(),
                is_first=said["what"] == What.FIRST,
            )
            if not may:
                self.add_error("on", ValidationError(may.reason))
            if not (may := policy.can_say(said["what"], self.days.said)):
                self.add_error("what", ValidationError(may.reason))
        return said
