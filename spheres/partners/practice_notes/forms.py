"""What may be typed of a practice note: what it says, on what it rests, what was decided of it?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.partners.practice_notes.actions import Proposed, Said
from spheres.partners.practice_notes.models import Ruling, Version
from spheres.records.forms import LookingForm
from spheres.ui.fields import DayField, LongTextField, RadiosField, TextField

A_YEAR: Final = timedelta(days=365)
BOTH: Final = ("title_fr", "title_en", "words_fr", "words_en")


class ProposeForm(LookingForm):
    """A version of a note, in both languages, and on what it rests."""

    texts = BOTH
    title_fr = TextField(label=_("Its title, in French"), max_length=160)
    title_en = TextField(label=_("Its title, in English"), max_length=160)
    words_fr = LongTextField(
        label=_("What we do, and why, in French"),
        hint=_("Nobody whom the programme accompanies is named here, nor told of."),
        rows=7,
        max_length=6_000,
    )
    words_en = LongTextField(label=_("What we do, and why, in English"), rows=7, max_length=6_000)
    basis = RadiosField(label=_("On what does it rest?"), choices=Version.Basis.choices)
    source = LongTextField(
        label=_("If it rests on a source, which?"),
        hint=_("Authors, year, title, and where it is found."),
        rows=2,
        max_length=1_000,
        required=False,
    )

    def __init__(self, *args: Any, now: Version | None = None, **others: Any) -> None:
        names = (*BOTH, "basis", "source")
        begun = {name: getattr(now, name) for name in names} if now else {}
        super().__init__(*args, **{"initial": begun, **others})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("basis") == Version.Basis.SOURCE and not said.get("source"):
            self.add_error("source", _("Say which source it is, or choose practice wisdom."))
        if said.get("basis") == Version.Basis.WISDOM and said.get("source"):
            self.add_error("source", _("Leave this empty, or say that it rests on this source."))
        return said

    def proposed(self) -> Proposed:
        it = self.cleaned_data
        said = {name: it[name] for name in (*BOTH, "basis", "source")}
        return Proposed(self.record_id, **said)


class RuleForm(LookingForm):
    """What a committee decided of a version."""

    texts = ("minority_fr", "minority_en")
    decided = RadiosField(
        label=_("On which decision does it lean?"),
        hint=_(
            "Those of the last twelve months, at the committees you chair. Its words stay there."
        ),
    )
    outcome = RadiosField(label=_("What was decided?"), choices=Ruling.Outcome.choices)
    review_on = DayField(label=_("If it is approved, when is it to be reviewed?"), required=False)
    minority_fr = LongTextField(
        label=_("The view of those who saw it otherwise, in French"),
        hint=_("In words they recognise, without saying whose view it is."),
        rows=3,
        max_length=2_000,
        required=False,
    )
    minority_en = LongTextField(
        label=_("The view of those who saw it otherwise, in English"),
        rows=3,
        max_length=2_000,
        required=False,
    )

    def __init__(self, *args: Any, taken: Iterable[tuple[UUID, str]], **others: Any) -> None:
        begun = {"review_on": clock.today() + A_YEAR}
        super().__init__(*args, **{"initial": begun, **others})
        self.choose_from("decided", [(str(key), words) for key, words in taken])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        day = said.get("review_on")
        if said.get("outcome") == Ruling.Outcome.KEPT and "review_on" in said:
            if day is None:
                self.add_error("review_on", _("Say when it is to be reviewed."))
            elif day <= clock.today():
                self.add_error("review_on", _("Choose a day that is still to come."))
        pair = {"minority_fr": "minority_en", "minority_en": "minority_fr"}
        for name, other in pair.items():
            if said.get(other) and not said.get(name):
                self.add_error(name, _("Write it in this language too: both are read."))
        return said

    def said(self) -> Said:
        it = self.cleaned_data
        kept = it["outcome"] == Ruling.Outcome.KEPT
        return Said(
            self.record_id, UUID(it["decided"]), it["outcome"], it["minority_fr"],
            it["minority_en"], it["review_on"] if kept else None,
        )  # fmt: skip
