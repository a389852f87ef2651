"""What do the forms of records share: a second look at what seems to name somebody, and a copy?"""

from __future__ import annotations

from uuid import UUID, uuid5

from django import forms

from spheres.accounts.models import Organisation
from spheres.records.identifiers import Finding, look
from spheres.ui.forms import Form


class LookingForm(Form):
    """A form whose free texts are looked at again when one seems to name somebody."""

    texts: tuple[str, ...] = ("her_words", "observation", "support")

    def findings(self) -> list[Finding]:
        """What looks like a name, an address or a number, unless the worker has looked again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return [found for name in self.texts for found in look(str(self.data.get(name) or ""))]


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
