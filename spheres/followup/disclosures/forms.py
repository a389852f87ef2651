"""What may be typed of what was asked, decided or received?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from spheres.followup.disclosures.actions import Asked
from spheres.followup.disclosures.policy import OUTSIDE, Purpose
from spheres.ui.fields import LongTextField, RadiosField, SelectField, TextField
from spheres.ui.forms import Form as HouseForm


class AskedForm(HouseForm):
    """What somebody asked, and was not told: for her register."""

    purpose = RadiosField(
        label=_("What was asked?"),
        choices=[(p, p.label) for p in (Purpose.ATTENDANCE, Purpose.OTHER)],
    )
    recipient = TextField(label=_("Who asked: their name and what they do"), max_length=200)
    capacity = SelectField(label=_("From where?"))
    reason = LongTextField(
        label=_("What was asked, and what you answered"), rows=3, max_length=1_000
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from(
            "capacity", [("", _("Choose")), *((one.value, one.label) for one in OUTSIDE)]
        )

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            self.record_id, said["purpose"], said["capacity"], said["recipient"], said["reason"]
        )


class DecideForm(HouseForm):
    """A second person says yes, or no with a reason."""

    decision = RadiosField(
        label=_("What do you decide?"),
        choices=[("yes", _("Yes: this, to this recipient, until this day")), ("no", _("No"))],
    )
    words = LongTextField(
        label=_("If it is no, why"),
        hint=_("Whoever prepared it reads it; it stays in the register."),
        required=False,
        rows=2,
        max_length=1_000,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("decision") == "no" and not said.get("words"):
            self.add_error("words", _("Say in a sentence why not."))
        return said


class ReceiptForm(HouseForm):
    """Somebody outside has the paper in hand."""

    words = TextField(label=_("Who received it, and how it was handed over"), max_length=300)


class KeyForm(HouseForm):
    """For which programme it is sealed."""

    key = LongTextField(
        label=_("Key of the other programme"),
        hint=_("Copied whole from its page; compare its mark over the telephone."),
        rows=3,
        max_length=400,
    )


class CodeForm(HouseForm):
    """What whoever opened it reads back."""

    code = TextField(
        label=_("The code they read to you"),
        hint=_("It is inside the parcel, and nowhere else."),
        max_length=40,
        width="half",
    )


class PressForm(HouseForm):
    """One press: taken back, or received."""
