"""What may be typed when a follow-up passes from one state to another? Almost nothing is asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.followup.passages.actions import Farewell
from spheres.followup.passages.models import Fit
from spheres.records.naming.identifiers import Finding, look
from spheres.ui.fields import LongTextField, RadiosField
from spheres.ui.forms import Form

MOST = 4_000


class LookedForm(Form):
    """A form whose texts are looked at once for names and numbers, before they are kept."""

    FREE: tuple[str, ...] = ()

    def findings(self) -> list[Finding]:
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return [finding for name in self.FREE for finding in look(str(self.data.get(name) or ""))]


class ClosingForm(LookedForm):
    """A letter to her, and her own words."""

    FREE = ("letter", "her_words")

    letter = LongTextField(
        label=_("A letter to them"),
        hint=_(
            "A few lines are enough: what you saw them do, what you wish them, that the door "
            "stays open. They may read it, keep it, or leave it here."
        ),
        max_length=MOST,
        rows=8,
    )
    her_words = LongTextField(
        label=_("Their words, if they want to leave some"), max_length=MOST, required=False, rows=3
    )

    def farewell(self) -> Farewell:
        said = self.cleaned_data
        return Farewell(self.record_id, said["letter"], said["her_words"])


class WordsForm(LookedForm):
    """Her words for the end, said early."""

    FREE = ("words",)

    words = LongTextField(
        label=_("What they would like to be told, or not, the day it stops"),
        hint=_("In their words. It can be changed at any time."),
        max_length=MOST,
        rows=4,
    )


class FitForm(LookedForm):
    """Does this still fit?"""

    FREE = ("her_words",)

    answer = RadiosField(label=_("Does this still fit?"), choices=Fit.Answer.choices)
    her_words = LongTextField(label=_("In their words"), max_length=MOST, required=False, rows=3)
