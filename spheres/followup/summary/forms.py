"""What may be typed on her page? A line, whose words it is in, and a heading if it helps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spheres.followup.summary.actions import Said
from spheres.followup.summary.models import LONGEST, Line
from spheres.followup.summary.queries import HEADINGS
from spheres.records.naming.identifiers import Finding, look
from spheres.regions import queries as regions
from spheres.ui.fields import LongTextField, RadiosField, SelectField
from spheres.ui.forms import Form


class LineForm(Form):
    """One line. The page it was written on travels with it."""

    on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = LongTextField(
        label=_("The line"),
        hint=_("200 characters at most. Written together, then read aloud."),
        max_length=LONGEST,
        rows=3,
    )
    whose = RadiosField(label=_("Whose words are they?"), choices=Line.Whose.choices)
    heading = SelectField(
        label=_("Under which heading?"), hint=_("Leave it empty if none fits."), required=False
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("heading", [("", _("No heading")), *regions.choices(HEADINGS)])

    def findings(self) -> list[Finding]:
        """What looks like a name, an address or a number, unless the worker has looked again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return look(str(self.data.get("text") or ""))

    def said(self) -> Said:
        """The valid answers, as the action takes them."""
        said = self.cleaned_data
        return Said(
            id=self.record_id,
            on=said["on"],
            text=said["text"],
            whose=said["whose"],
            heading=said["heading"],
        )


class RemoveForm(Form):
    """Nothing is typed: it carries the number that makes two presses one."""
