"""What may be typed? A rule, her request, what is proposed, a hold, a reference."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.privacy.retention import queries
from spheres.privacy.retention.actions import Asked, Proposed
from spheres.records.forms import LookingForm
from spheres.sharing.models import Ending, ErasureRequest, Hold
from spheres.sharing.models.keeping import Sort
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    LongTextField,
    NumberField,
    RadiosField,
    TextField,
)
from spheres.ui.forms import Form

MOST: Final = 2_000
Exit, Why = Ending.Exit, Ending.Why
LONGEST_SEAL: Final = timedelta(days=366 * 30)
LANGUAGES: Final = [("fr", "Français"), ("en", "English")]


def named(reference: str, *, actor: Actor) -> UUID:
    """The file of this reference. What is not the organisation’s is as what does not exist."""
    found = queries.matter_called(reference, actor=actor)
    if found is None:
        raise ValidationError(
            _("No file of your organisation has this reference. Check the eight signs.")
        )
    return found


class RuleForm(Form):
    """How many years, on which basis."""

    sort = RadiosField(label=_("Which class?"), choices=Sort.choices)
    years = NumberField(
        label=_("For how many years after the last service?"), min_value=1, max_value=100
    )
    basis = TextField(
        label=_("On which basis?"),
        hint=_("The law, the schedule or the decision, as your counsel names it."),
        max_length=200,
    )

    def __init__(self, *args: Any, years: dict[str, int], **others: Any) -> None:
        super().__init__(*args, **others)
        self.others = years

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        sort, years = said.get("sort"), said.get("years")
        follow_up = self.others.get(Sort.FOLLOW_UP, 0)
        if sort == Sort.REGISTER and years and years < follow_up:
            self.add_error(
                "years",
                _("Registers are kept at least as long as the follow-up: %(years)s years.")
                % {"years": follow_up},
            )
        return said


class AskForm(LookingForm):
    """Her request, in her words; it is answered in writing within thirty days."""

    texts = ("her_words",)

    asker = RadiosField(label=_("Who asks?"), choices=ErasureRequest.Asker.choices)
    said_on = DayField(label=_("On which day was it asked?"))
    her_words = LongTextField(
        label=_("What is asked, in their words"),
        hint=_("All of it, or some of it. The person in charge of privacy reads this, to answer."),
        rows=4,
        max_length=MOST,
    )
    answer = LongTextField(
        label=_("How do they want the answer?"),
        hint=_(
            "By whom, in which language, with a neutral look or not. Nothing is sent by itself."
        ),
        required=False,
        rows=2,
        max_length=MOST,
    )

    def __init__(self, *args: Any, alone: bool = True, **others: Any) -> None:
        """`alone`: nobody else asks it for the person, who is 14, or whose representative's rights
        are suspended."""
        super().__init__(*args, **{"initial": {"said_on": clock.today()}, **others})
        said_on = self.fields["said_on"]
        assert isinstance(said_on, DayField)
        said_on.earliest, said_on.latest = clock.today() - timedelta(days=366), clock.today()
        if alone:
            self.choose_from("asker", [ErasureRequest.Asker.choices[0]])

    def said(self) -> Asked:
        told = self.cleaned_data
        return Asked(
            self.record_id, told["asker"], told["said_on"], told["her_words"], told["answer"]
        )


class AskForForm(AskForm):
    """The same, when she spoke to the privacy officer: the file is named by its reference.

    The officer knows neither her age nor who may speak for her: she alone asks by this way.
    """

    reference = TextField(
        label=_("Reference of the file"),
        hint=_("Eight signs, as “1A2B 3C4D”. Their worker reads it on the page “How long”."),
        max_length=12,
    )
    field_order = ("reference", "asker", "said_on", "her_words", "answer")

    def __init__(self, *args: Any, actor: Actor, **others: Any) -> None:
        super().__init__(*args, **others)
        self.actor = actor

    def clean_reference(self) -> str:
        self.file_id = named(self.cleaned_data["reference"], actor=self.actor)
        return str(self.cleaned_data["reference"])


class HoldForm(Form):
    """Which file, on which ground, and what the officer must find again."""

    reference = TextField(
        label=_("Reference of the file"),
        hint=_("Eight signs, as “1A2B 3C4D”. Their worker reads it on the page “How long”."),
        max_length=12,
    )
    ground = RadiosField(label=_("What asks for it?"), choices=Hold.Ground.choices)
    words = LongTextField(
        label=_("What you must find again"),
        hint=_("A number, a court, a day. You alone read it: nothing of the person’s story."),
        rows=3,
        max_length=MOST,
    )

    def __init__(self, *args: Any, actor: Actor, **others: Any) -> None:
        super().__init__(*args, **others)
        self.actor = actor

    def clean_reference(self) -> str:
        self.file_id = named(self.cleaned_data["reference"], actor=self.actor)
        return str(self.cleaned_data["reference"])


class ProposeForm(Form):
    """Which classes, what becomes of them. What follows is read before it is proposed."""

    sorts = ChecksField(label=_("Which classes?"))
    why = RadiosField(label=_("Why?"))
    exit = RadiosField(label=_("What becomes of them?"))
    until_on = DayField(
        label=_("Sealed until"),
        hint=_("Only for what is sealed. That day, it comes back here: nothing opens by itself."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        sorts: Collection[Sort],
        is_due: Collection[Sort],
        requested: UUID | None,
        **others: Any,
    ) -> None:
        super().__init__(*args, **others)
        self.is_due, self.requested = set(is_due), requested
        self.choose_from("sorts", [(sort.value, sort.label) for sort in sorts])
        whys = [Why.TERM] if is_due else []
        exits = [Exit.DESTROYED, Exit.SEALED]
        if requested:
            whys += [Why.REQUEST, Why.RULE, Why.LAW]
            exits.append(Exit.KEPT)
        self.choose_from("why", [(why.value, why.label) for why in whys])
        self.choose_from("exit", [(each.value, each.label) for each in exits])
        until = self.fields["until_on"]
        assert isinstance(until, DayField)
        until.earliest = clock.today() + timedelta(days=1)
        until.latest = clock.today() + LONGEST_SEAL

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        way, why, until = said.get("exit"), said.get("why"), said.get("until_on")
        if way == Exit.SEALED and not until and "until_on" not in self.errors:
            self.add_error("until_on", _("Say until which day it is sealed."))
        if way and way != Exit.SEALED and until:
            self.add_error("until_on", _("Leave it empty: only what is sealed has such a day."))
        if way and why and (way == Exit.KEPT) != (why in {Why.RULE, Why.LAW}):
            self.add_error("why", _("Why it is kept goes with “Kept”, and with nothing else."))
        if why == Why.TERM and (early := {*said.get("sorts", ())} - {*map(str, self.is_due)}):
            names = ", ".join(str(Sort(sort).label) for sort in Sort if sort in early)
            self.add_error(
                "sorts", _("The day of these has not come: %(names)s.") % {"names": names}
            )
        return said

    def said(self) -> Proposed:
        told = self.cleaned_data
        return Proposed(
            self.record_id,
            tuple(told["sorts"]),
            told["exit"],
            told["why"],
            told["until_on"],
            self.requested if told["why"] != Why.TERM else None,
        )


class ConfirmForm(Form):
    """The yes of a second person, once what follows was read."""

    read = AgreeField(label=_("I have read what this means, and I say yes."))


class LiftForm(Form):
    """On which legal ground it is opened again."""

    ground = RadiosField(label=_("On which ground?"), choices=Ending.LiftGround.choices)


class PaperForm(Form):
    """In which language, and whether the paper says from whom it comes."""

    language = RadiosField(label=_("In which language?"), choices=LANGUAGES)
    neutral = AgreeField(label=_("With a neutral look: no name of an organisation"), required=False)
