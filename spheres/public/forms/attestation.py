"""What is asked of whoever holds an attestation of training, and wants to know if it is valid?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.admission.forms import Part
from spheres.public.forms.parts import PublicForm
from spheres.training.attestations import numbers
from spheres.ui.fields import TextField


class AttestationForm(PublicForm):
    """The verification number, and nothing else; nothing is kept."""

    PARTS = (Part("attestation", _("The attestation"), ("verification_number",)),)

    verification_number = TextField(
        label=_("Verification number"),
        hint=_("Twenty letters and figures, in four groups."),
        max_length=40,
    )

    def clean_verification_number(self) -> str:
        """A sign left out or mistyped is told at once: the last sign checks the others."""
        number = numbers.read(self.cleaned_data["verification_number"])
        if not number:
            self.add_error(
                "verification_number",
                _("A sign is missing or mistyped: look at the number on the paper again."),
            )
        return number

    @property
    def number(self) -> str:
        number: str = self.cleaned_data["verification_number"]
        return number
