"""What may be typed of a study, of an answer to it, and of a table that is asked for?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.evaluation.research.actions import Approved
from spheres.evaluation.research.models import Answer
from spheres.evaluation.research.recipe import PARTS
from spheres.followup.admission.models import AgeBand
from spheres.regions import queries as regions
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
)
from spheres.ui.forms import Form

LONGEST: Final = timedelta(days=5 * 366)


class ProtocolForm(Form):
    """A study, as its papers say it, and as it is told to young people."""

    title_fr = TextField(label=_("Its name, in French"), max_length=160)
    title_en = TextField(label=_("Its name, in English"), max_length=160)
    told_fr = LongTextField(
        label=_("What young people are told of it, in French"),
        hint=_(
            "A few plain sentences: who does it, what for, what is taken, for how long, and that "
            "saying no changes nothing."
        ),
        rows=6,
        max_length=2_000,
    )
    told_en = LongTextField(
        label=_("What young people are told of it, in English"), rows=6, max_length=2_000
    )
    theme = RadiosField(label=_("Its theme"), hint=_("Whoever refused it is left out."))
    ethics = TextField(label=_("Number of the ethics committee’s approval"), max_length=80)
    assessment = TextField(label=_("Reference of the privacy impact assessment"), max_length=80)
    agreement = TextField(
        label=_("Reference of the agreement with the organisations"), max_length=80
    )
    parts = ChecksField(
        label=_("What it may take"),
        hint=_("No more than the agreement says: with fewer columns, fewer can be recognised."),
    )
    under_14 = AgreeField(
        label=_("It takes persons under 14 too, with a parent’s yes beside their own"),
        required=False,
    )
    researcher = SelectField(label=_("To whom are tables handed?"))
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    def __init__(self, *args: Any, researchers: list[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("theme", regions.choices("research_themes"))
        self.choose_from("parts", [(part.code, part.label) for part in PARTS])
        self.choose_from("researcher", researchers)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and not starts <= ends <= starts + LONGEST:
            self.add_error(
                "ends_on", _("The last day comes after the first, within five years of it.")
            )
        return said

    def approved(self) -> Approved:
        said = self.cleaned_data
        return Approved(
            title=(said["title_fr"], said["title_en"]),
            told=(said["told_fr"], said["told_en"]),
            theme=said["theme"],
            ethics=said["ethics"],
            assessment=said["assessment"],
            agreement=said["agreement"],
            parts=tuple(part.code for part in PARTS if part.code in said["parts"]),
            takes_under_14=said["under_14"],
            researcher_id=UUID(said["researcher"]),
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
        )


class CodeForm(Form):
    """The code of a card, as she reads it aloud or shows it."""

    code = TextField(
        label=_("The code of their card"),
        hint=_("Twelve letters and figures, as ABCD-2345-EFGH."),
        max_length=40,
        width="half",
    )


class AnswerForm(Form):
    """What she says; of somebody under 14, who agrees with her."""

    code = TextField(label=_("The code of their card"), max_length=40, width="half")
    agrees = RadiosField(
        label=_("What do they say?"),
        choices=[
            ("yes", _("Yes, what is noted may go to this study")),
            ("no", _("No, or no longer")),
        ],
    )
    parent = AgreeField(
        label=_("They are under 14: a parent or tutor agrees too, and was asked apart"),
        required=False,
    )

    def __init__(
        self, *args: Any, age_band: str, is_live: bool, takes_under_14: bool, **others: Any
    ) -> None:
        super().__init__(*args, **others)
        self.age_band, self.is_live, self.takes_under_14 = age_band, is_live, takes_under_14
        if not self.is_young:
            del self.fields["parent"]

    @property
    def is_young(self) -> bool:
        return self.age_band == AgeBand.UNDER_14

    @property
    def giver(self) -> str:
        return Answer.Giver.WITH_PARENT if self.is_young else Answer.Giver.HERSELF

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("agrees") != "yes":
            return said
        if not self.is_live:
            raise ValidationError(
                _("This study has not begun, or is over: a no is still written down, a yes is not.")
            )
        if not self.age_band:
            raise ValidationError(
                _("Their age is not noted, so a yes cannot be taken: who may say it depends on it.")
            )
        if self.is_young and not self.takes_under_14:
            raise ValidationError(_("This study takes nobody under 14: there is nothing to ask."))
        if self.is_young and not said.get("parent"):
            self.add_error("parent", _("Under 14, a yes is theirs and a parent’s or tutor’s."))
        return said


class DecideForm(Form):
    """Whether a table is made; why not, to whoever asked."""

    approves = RadiosField(
        label=_("Is this table made?"),
        choices=[("yes", _("Yes")), ("no", _("No, or not so"))],
    )
    words = LongTextField(
        label=_("Why not, or on which condition"), rows=3, max_length=400, required=False
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("approves") == "no" and not said.get("words"):
            self.add_error("words", _("Say why: whoever asked reads it."))
        return said


class HandForm(Form):
    """A card is handed over: nothing is typed."""


class AskForm(Form):
    """A table is asked for: what it holds is the protocol's."""
