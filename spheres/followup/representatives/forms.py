"""What is asked of whoever suspends the rights of a representative, or looks at it again?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.followup.representatives.actions import Said
from spheres.followup.representatives.policy import SHORTEST, may_add
from spheres.participants.models import Suspension, SuspensionReview
from spheres.records.forms import LookingForm
from spheres.ui.fields import AgreeField, LongTextField, RadiosField
from spheres.ui.forms import Form


class SuspendForm(LookingForm):
    """Whose rights, on which ground, why. Nothing is ticked beforehand."""

    texts = ("reason",)

    who = RadiosField(label=_("Whose rights are suspended?"))
    ground = RadiosField(label=_("On which ground?"), choices=Suspension.Ground.choices)
    reason = LongTextField(
        label=_("What you saw, heard or read"),
        hint=_(
            "In two sentences, without a name. The person in charge of privacy reads it, without "
            "knowing of whom it is."
        ),
        rows=3,
        max_length=2_000,
    )
    ends_now = AgreeField(
        label=_("End now what this representative had agreed to for the person"), required=False
    )

    def __init__(self, *args: Any, suspended: Collection[str], **others: Any) -> None:
        super().__init__(*args, **others)
        may = [one for one in Suspension.Who if may_add(one, suspended=suspended)]
        self.choose_from("who", [(one.value, one.label) for one in may])

    def clean_reason(self) -> str:
        said = str(self.cleaned_data["reason"]).strip()
        if len(said) < SHORTEST:
            raise ValidationError(_("A little more: two sentences on what it rests on."))
        return said

    def said(self) -> Said:
        told = self.cleaned_data
        return Said(
            id=self.record_id,
            who=told["who"],
            ground=told["ground"],
            reason=told["reason"],
            ends_what_they_agreed_to=bool(told["ends_now"]),
        )


class EndForm(Form):
    """Nothing to type: this representative may speak again."""


class ReviewForm(Form):
    """It goes on, or it ends: neither is a mark against anybody."""

    outcome = RadiosField(label=_("Looking back, is it justified?"))

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("outcome", SuspensionReview.Outcome.choices)
