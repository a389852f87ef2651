"""What is asked of whoever sends a paper? The paper; perhaps the day it was signed, and a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.papers.sandbox import HEAVIEST, NAMES, TOO_LARGE
from spheres.records.forms import LookingForm
from spheres.ui.fields import Asked, DayField, TextField
from spheres.ui.forms import Form

ENDINGS = ",".join(f".{ending}" for endings in NAMES.values() for ending in sorted(endings))


class PaperField(Asked, forms.FileField):
    """One scanned paper. It is read nowhere but in the sandbox (`actions.keep`)."""

    widget = forms.FileInput(attrs={"accept": ENDINGS})
    messages = {
        "required": _("Choose the paper: a picture or a PDF."),
        "empty": _("This file is empty. Choose the paper again."),
        "invalid": _("Choose the paper: a picture or a PDF."),
        "missing": _("Choose the paper: a picture or a PDF."),
        "max_length": _(
            "The name of this file is too long. Give it a shorter one, then choose it."
        ),
    }

    def __init__(self, **others: Any) -> None:
        super().__init__(max_length=200, **others)

    def clean(self, data: Any, initial: Any = None) -> Any:
        # Too large comes first: nothing of it was kept to be looked at.
        if isinstance(data, UploadedFile) and (data.size or 0) > HEAVIEST:
            raise ValidationError(TOO_LARGE, code="too_large")
        return super().clean(data, initial)


class AddForm(LookingForm):
    """A paper that was signed or received."""

    texts = ("words",)

    paper = PaperField(
        label=_("The paper"),
        hint=_(
            "A picture (JPEG, PNG, WebP, HEIC) or a PDF, 15 MB and 40 pages at most. It is copied "
            "page by page: where and when a picture was taken is not kept, nor anything hidden in "
            "it."
        ),
    )
    signed_on = DayField(label=_("On which day was it signed?"), required=False)
    words = TextField(
        label=_("A line about it"),
        hint=_("For instance: both pages, the original is in the locked cabinet."),
        max_length=200,
        required=False,
    )

    def clean_signed_on(self) -> Any:
        day = self.cleaned_data["signed_on"]
        if day and day > clock.today():
            raise ValidationError(_("A paper is signed before it is sent: today or before."))
        return day

    def refuse(self, reason: object) -> None:
        """The paper is not taken; what was typed stays."""
        self.add_error("paper", str(reason))


class LookForm(Form):
    """Nothing to type: it is looked at again."""
