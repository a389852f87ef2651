"""What is asked of whoever looks at a kit from elsewhere: the kit; then, what is taken of it."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from spheres.training.kit.comparing import Comparison
from spheres.training.kit.unpacking import EMPTY, HEAVIEST, TOO_HEAVY
from spheres.ui.fields import Asked, ChecksField
from spheres.ui.forms import Form


class KitField(Asked, forms.FileField):
    """One kit, read nowhere but in `unpacking`."""

    widget = forms.FileInput(attrs={"accept": ".zip"})
    messages = {
        "required": _("Choose a kit (.zip)."),
        "empty": EMPTY,
        "invalid": _("Choose a kit (.zip)."),
        "missing": _("Choose a kit (.zip)."),
        "max_length": _("The name of this file is too long. Give it a shorter one."),
    }

    def __init__(self, **others: Any) -> None:
        super().__init__(max_length=200, **others)

    def clean(self, data: Any, initial: Any = None) -> Any:
        # Too heavy comes first: nothing of it was kept to be looked at.
        if isinstance(data, UploadedFile) and (data.size or 0) > HEAVIEST:
            raise ValidationError(TOO_HEAVY, code="too_heavy")
        return super().clean(data, initial)


class KitForm(Form):
    """A kit that another region gave."""

    sent = KitField(
        label=_("The kit"),
        hint=_("One file (.zip), as the other region kept it, 1 MB at most."),
    )

    def refuse(self, sentences: list[str]) -> None:
        """The kit is not read: each sentence says why."""
        for sentence in sentences:
            self.add_error("sent", sentence)


class TakeForm(Form):
    """What is taken of a kit, which comes back with the page: it is kept nowhere."""

    kit = forms.CharField(widget=forms.HiddenInput, strip=False)
    taken = ChecksField(
        label=_("What do you take?"),
        hint=_("What you leave out stays as it is here."),
        error_messages={"required": _("Choose at least one line: else nothing would change.")},
    )

    def __init__(self, *args: Any, of: Comparison, content: bytes, **others: Any) -> None:
        new = [one.key for one in of.choices if one.is_new]
        begun = {"kit": urlsafe_b64encode(content).decode(), "taken": new}
        super().__init__(*args, initial=begun, **others)
        self.choose_from("taken", [(one.key, one.said) for one in of.choices])

    def refuse(self, sentences: list[str]) -> None:
        """What was chosen cannot stand together: each sentence says why."""
        for sentence in sentences:
            self.add_error("taken", sentence)


def kit_of(sent: Any) -> bytes | None:
    """The kit that comes back with the page; None when it did not come back as it went."""
    try:
        return urlsafe_b64decode(str(sent.get("kit", "")).encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return None
