"""What may be asked of a copy of her plan: which parts of it leave, and that she agreed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from spheres.records.between.places import Sheet
from spheres.records.forms import CopyForm
from spheres.ui.fields import AgreeField, ChecksField

CHANGED = _("The plan changed meanwhile: read it together again, then choose what leaves.")


class PlanCopyForm(CopyForm):
    """The parts she lets go, and her agreement of that day: nothing is ticked beforehand.

    What leaves is what she read: where the plan changed since, the page is shown again.
    """

    read = forms.CharField(widget=forms.HiddenInput, required=False)

    parts = ChecksField(
        label=_("What leaves"),
        error_messages={
            "required": _("Choose with the person at least one part that leaves."),
            "invalid_choice": CHANGED,
        },
    )
    agreed = AgreeField(
        label=_("The person has read what leaves, and agrees today that it does."),
        error_messages={
            "required": _("Without the person’s agreement of today, nothing of their plan leaves.")
        },
    )

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **others: Any) -> None:
        super().__init__(*args, **others)
        self.sheets = sheets
        self.choose_from("parts", [(one.code, one.title) for one in sheets])

    @property
    def seal(self) -> str:
        """What the parts say at this moment; the page bears it, and brings it back."""
        said = json.dumps([(one.code, one.title, one.lines) for one in self.sheets])
        return salted_hmac("spheres.plan.copy", said, algorithm="sha256").hexdigest()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not constant_time_compare(said.get("read", ""), self.seal):
            self.add_error("parts", CHANGED)
        return said

    def chosen(self) -> list[Sheet]:
        """The valid answer: the parts that leave, in the order of the plan."""
        return [one for one in self.sheets if one.code in self.cleaned_data["parts"]]
