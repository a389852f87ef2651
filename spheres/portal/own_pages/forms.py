"""What does she type on a page of hers?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spheres.portal.own_pages.actions import Written
from spheres.portal.own_pages.models import LONGEST, LONGEST_TITLE
from spheres.ui.fields import LongTextField, TextField
from spheres.ui.forms import Form


class PageForm(Form):
    """A title and a text. `version` is which one she changes; `understood`, that she was told."""

    title = TextField(label=_("What I call this page"), max_length=LONGEST_TITLE)
    text = LongTextField(label=_("What I write"), rows=12, max_length=LONGEST)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)
    understood = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def said(self) -> Written:
        return Written(self.cleaned_data["title"], self.cleaned_data["text"])


class GiveForm(Form):
    """A word that goes with it, if she wants one."""

    words = LongTextField(
        label=_("A word for my worker, with it"),
        hint=_("If you want them to know that it is there. Empty, they find it when they look."),
        required=False,
        rows=3,
        max_length=1000,
    )

    def __init__(self, *args: Any, may_leave_word: bool = True, **others: Any) -> None:
        super().__init__(*args, **others)
        if not may_leave_word:
            del self.fields["words"]


class UnderstoodForm(Form):
    """A button, and nothing to type."""


class DeleteForm(Form):
    """A button, and nothing to type."""
