"""What may be typed as a paragraph of a letter?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.core import clock
from spheres.privacy.wording import checking
from spheres.privacy.wording.actions import Said
from spheres.privacy.wording.queries import Standing
from spheres.records.wording import Both
from spheres.regions import queries as regions
from spheres.ui.fields import DayField, LongTextField
from spheres.ui.forms import Form

EMPTY = _("This paragraph cannot be left empty: whoever receives the letter relies on it.")
OTHER_EMPTY = _("Write it in both languages: it serves once both are written.")


class WordsForm(Form):
    """One paragraph in both languages, and whether a lawyer read it. What was typed is kept, right
    or wrong, until it may serve."""

    fr = LongTextField(label=_("In French"), rows=8, max_length=checking.MOST, required=False)
    en = LongTextField(label=_("In English"), rows=8, max_length=checking.MOST, required=False)
    counsel_on = DayField(
        label=_("On which day did a lawyer read it?"),
        hint=_("Leave it empty when none has. It is shown here, and never in the letter."),
        required=False,
    )
    # Which words stood when the page was shown: another's, meanwhile, are never covered unseen.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, standing: Standing, house: Organisation, **others: Any) -> None:
        french, english = standing.words
        initial = {
            "fr": french,
            "en": english,
            "seen": seen_of(standing),
            "counsel_on": standing.own.row.counsel_on if standing.own else None,
        }
        super().__init__(*args, initial=initial, **others)
        self.standing, self.house = standing, house
        for language in ("fr", "en"):
            self.fields[language].required = standing.paragraph.is_required
            self.fields[language].error_messages["required"] = EMPTY
        day = self.fields["counsel_on"]
        assert isinstance(day, DayField)
        day.latest = clock.today()

    def clean(self) -> dict[str, Any]:
        """Both or neither; and each as a letter may say it."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        both = {language: said.get(language, "") for language in ("fr", "en")}
        for language, text in both.items():
            if text:
                self._look_at(language, text)
            elif language not in self.errors and any(both.values()):
                self.add_error(language, OTHER_EMPTY)
        return said

    def _look_at(self, language: str, text: str) -> None:
        region = regions.region()
        programme = (region.programme_fr, region.programme_en)
        names = (self.house.name_fr, self.house.name_en)
        found = [
            *checking.findings(self.standing.paragraph, text, language, programme=programme),
            *(checking.houses(text, names) if self.standing.letter.may_be_neutral else ()),
        ]
        for sentence in found:
            self.add_error(language, ValidationError(sentence))

    @property
    def is_of_another(self) -> bool:
        """Whether others words were adopted since the page was shown."""
        return bool(self.cleaned_data["seen"] != seen_of(self.standing))

    def stands_beside(self, standing: Standing) -> None:
        """Shown again beside the words that were adopted meanwhile: sent once more, it is adopted
        after them."""
        self.data = {**dict(self.data.items()), "seen": seen_of(standing)}

    @property
    def both(self) -> Both:
        return self.cleaned_data["fr"], self.cleaned_data["en"]

    def said(self) -> Said:
        return Said(self.record_id, *self.both, self.cleaned_data["counsel_on"])


def seen_of(standing: Standing) -> str:
    newest = next(iter(standing.versions), None)
    return str(newest.row.pk) if newest else ""


class BackForm(Form):
    """Nothing to type: one press goes back to the region's words."""

    @property
    def number(self) -> UUID:
        return self.record_id
