"""What may be chosen of a report, and typed in one place of it?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spheres.evaluation.reports.documents import year_words
from spheres.evaluation.reports.models import Report
from spheres.records.forms import LookingForm
from spheres.ui.fields import LongTextField, RadiosField
from spheres.ui.forms import Form


class PassageForm(LookingForm):
    """A text in both languages: what the figures do not say, without naming anybody."""

    texts = ("fr", "en")

    fr = LongTextField(
        label=_("In French"),
        hint=_("What the figures do not say. Nobody is named, and no situation is recognised."),
        rows=8,
        max_length=6_000,
        required=False,
    )
    en = LongTextField(label=_("In English"), rows=8, max_length=6_000, required=False)
    since = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for written, missing in (("fr", "en"), ("en", "fr")):
            if said.get(written) and not said.get(missing) and missing not in self.errors:
                self.add_error(missing, _("Write it in this language too."))
        return said


class BeginForm(Form):
    """Which report, of which year."""

    kind = RadiosField(label=_("Which report?"), choices=Report.Kind.choices)
    year = RadiosField(label=_("Of which year?"))

    def __init__(self, *args: Any, years: list[date], **others: Any) -> None:
        begun = {"kind": Report.Kind.YEARLY, "year": years[0].isoformat() if years else ""}
        super().__init__(*args, **{"initial": begun, **others})
        self.choose_from("year", [(one.isoformat(), year_words(one)) for one in years])

    @property
    def starts_on(self) -> date:
        return date.fromisoformat(self.cleaned_data["year"])
