"""What is asked of whoever brings past trainings: a list; then, what it leaves in doubt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from spheres.training.brought_in.actions import Answers
from spheres.training.brought_in.queries import Looked
from spheres.training.brought_in.sheets import EMPTY, HEAVIEST, TOO_LARGE
from spheres.ui.fields import Asked, ChecksField, RadiosField
from spheres.ui.forms import Form


class ListField(Asked, forms.FileField):
    """One list, read nowhere but in `sheets`."""

    widget = forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"})
    messages = {
        "required": _("Choose a list (.csv or .xlsx)."),
        "empty": EMPTY,
        "invalid": _("Choose a list (.csv or .xlsx)."),
        "missing": _("Choose a list (.csv or .xlsx)."),
        "max_length": _("The name of this list is too long. Give it a shorter one."),
    }

    def __init__(self, **others: Any) -> None:
        super().__init__(max_length=200, **others)

    def clean(self, data: Any, initial: Any = None) -> Any:
        # Too large comes first: nothing of it was kept to be looked at.
        if isinstance(data, UploadedFile) and (data.size or 0) > HEAVIEST:
            raise ValidationError(TOO_LARGE, code="too_large")
        return super().clean(data, initial)


class ListForm(Form):
    """A list of past trainings."""

    sent = ListField(
        label=_("The list"),
        hint=_(
            "A list with separators (.csv) or a workbook (.xlsx), 15 MB and 100,000 lines at most. "
            "Nothing is added before you have looked at what was understood."
        ),
    )

    def refuse(self, reason: object) -> None:
        """The list is not taken."""
        self.add_error("sent", str(reason))


class BringForm(Form):
    """What the list leaves in doubt, and nothing else."""

    days = RadiosField(
        label=_("How are these days written in your list?"),
        choices=[("day", _("The day first, then the month")), ("month", _("The month first"))],
    )
    same = ChecksField(
        label=_("Which of these names are one and the same person?"),
        hint=_("Those that you do not tick are different people who have the same name."),
        required=False,
    )

    def __init__(self, *args: Any, looked: Looked, **others: Any) -> None:
        super().__init__(*args, **others)
        if not looked.two_ways:
            del self.fields["days"]
        if looked.alike:
            self.choose_from("same", [(str(one.id), one.said) for one in looked.alike])
        else:
            del self.fields["same"]

    def answers(self) -> Answers:
        said = self.cleaned_data
        return Answers(said.get("days") == "month", [UUID(one) for one in said.get("same", ())])
