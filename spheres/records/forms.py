"""What is sent when a signed record is copied to the official file?"""

from __future__ import annotations

from uuid import UUID, uuid5

from django import forms

from spheres.accounts.models import Organisation
from spheres.ui.forms import Form


class CopyForm(Form):
    """Three buttons, each a shape. The same page, sent twice, says one copy of each shape."""

    shape = forms.ChoiceField(choices=Organisation.CopyShape)
    # Words to copy are shown on a page; asked for as a file, they are the same copy.
    as_file = forms.BooleanField(required=False)

    @property
    def copy_id(self) -> UUID:
        return uuid5(self.record_id, self.cleaned_data["shape"])

    @property
    def is_page(self) -> bool:
        """Whether the words are shown, to be copied, rather than sent as a file."""
        is_text = self.cleaned_data["shape"] == Organisation.CopyShape.TEXT
        return is_text and not self.cleaned_data["as_file"]
