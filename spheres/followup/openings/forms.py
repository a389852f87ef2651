"""What is asked of whoever lets a colleague go on, and of whoever looks at what stood out?"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.followup.openings.models import Unusual
from spheres.followup.openings.policy import SHORTEST
from spheres.ui.fields import LongTextField, RadiosField
from spheres.ui.forms import Form


class LetGoOnForm(Form):
    """The reason; it names nobody."""

    reason = LongTextField(
        label=_("Why do they need to open more files today?"),
        hint=_("One sentence, without anybody’s name. The person in charge of privacy reads it."),
        rows=2,
    )

    def clean_reason(self) -> str:
        said = str(self.cleaned_data["reason"]).strip()
        if len(said) < SHORTEST:
            raise ValidationError(_("A little more: what is this day made of?"))
        return said


class OutcomeForm(Form):
    """What came of the question: none of the answers is a mark against anybody."""

    outcome = RadiosField(label=_("What came of it?"))

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("outcome", Unusual.Outcome.choices)
