"""What is asked of whoever holds a receipt, and wants to know how the referral stands?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.admission.actions import asked_by
from spheres.followup.admission.forms import Part
from spheres.public.forms.parts import PublicForm
from spheres.ui.fields import TextField


class ReceiptForm(PublicForm):
    """A number and a code, both from the receipt; nothing else is needed, and nothing is kept."""

    PARTS = (Part("receipt", _("Your receipt"), ("receipt_number", "receipt_code")),)

    receipt_number = TextField(
        label=_("Number"), hint=_("Eight letters and figures."), max_length=20, width="half"
    )
    receipt_code = TextField(
        label=_("Code"), hint=_("Six letters and figures."), max_length=20, width="half"
    )

    def asked_by(self) -> bytes:
        said = self.cleaned_data
        return asked_by(said["receipt_number"], said["receipt_code"])
