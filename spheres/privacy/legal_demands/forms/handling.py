"""What may be typed of a legal demand: as it arrives, what is weighed, who is told, what goes?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.privacy.legal_demands import policy, queries
from spheres.privacy.legal_demands.actions import Informed, Received, Weighed
from spheres.privacy.legal_demands.models import (
    CODES,
    Asker,
    DemandEnd,
    Informing,
    Kind,
    Step,
    Verdict,
)
from spheres.privacy.legal_demands.policy import Do
from spheres.sharing.rules import HEALTH, NOTES, PLAN, SAFETY, STEPS, SUMMARY
from spheres.ui import moments
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
)
from spheres.ui.forms import Form

A_DAY: Final = timedelta(days=1)
A_YEAR: Final = timedelta(days=366)
NOT_SAID: Final = ("", _("Not said"))
FACES: Final = {
    SUMMARY: _("The summary"),
    PLAN: _("The plan"),
    SAFETY: _("What keeps them safe"),
    STEPS: _("What is being done with them"),
    NOTES: _("The notes"),
    HEALTH: _("Health"),
}


class ReceiveForm(Form):
    """What was handed over, or sent: as the paper says it."""

    kind = RadiosField(label=_("What is it?"), choices=Kind.choices)
    asker = RadiosField(label=_("For whom is it demanded?"), choices=Asker.choices)
    office = LongTextField(
        label=_("Who demands it, and how to reach them"),
        hint=_("A function, an office, a telephone: as the paper says."),
        rows=3,
        max_length=400,
    )
    number = TextField(label=_("The number on it"), required=False, max_length=100)
    about = LongTextField(
        label=_("What it says that it concerns"),
        hint=_(
            "As it is written there, name included. Nobody is looked up by it, and nothing here "
            "says whether anybody is known. Whoever is in charge of privacy reads it."
        ),
        rows=4,
        max_length=4_000,
    )
    received_on = DayField(label=_("Which day did it arrive?"))
    due_on = DayField(label=_("By which day is it to be answered, if it says so?"), required=False)
    is_on_paper = AgreeField(
        label=_("The paper itself is here, kept under lock until it is handed to them"),
        required=False,
    )

    def __init__(self, *args: Any, officers: queries.Choices | None = None, **others: Any) -> None:
        others["initial"] = {"received_on": clock.today()} | dict(others.get("initial") or {})
        super().__init__(*args, **others)
        today = clock.today()
        arrived, due = self.fields["received_on"], self.fields["due_on"]
        assert isinstance(arrived, DayField)
        assert isinstance(due, DayField)
        arrived.earliest, arrived.latest = today - A_YEAR, today
        due.earliest, due.latest = today - A_YEAR, today + A_YEAR
        if officers is not None:
            self.fields["officer"] = RadiosField(label=_("Who answers it?"))
            self.choose_from("officer", officers)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        received_on, due_on = said.get("received_on"), said.get("due_on")
        if received_on and due_on and due_on < received_on:
            self.add_error(
                "due_on", ValidationError(_("This day comes before the day it arrived."))
            )
        return said

    def received(self) -> Received:
        said = self.cleaned_data
        return Received(
            self.record_id, said["kind"], said["asker"], said["received_on"], said["office"],
            said["about"], said["number"], said["due_on"], said["is_on_paper"],
        )  # fmt: skip


class TakeForm(Form):
    """Whom a demand concerns, among those one walks with; and who answers it."""

    person = SelectField(label=_("Whom does it concern?"))
    officer = SelectField(label=_("Who answers it?"))

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], officers: queries.Choices, **others: Any
    ) -> None:
        super().__init__(*args, **others)
        self.choose_from("person", [("", _("Choose")), *people])
        self.choose_from("officer", officers)


class OfficerForm(Form):
    """Who answers it, among those in charge of privacy."""

    officer = RadiosField(label=_("Who answers it?"))

    def __init__(self, *args: Any, officers: queries.Choices, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("officer", officers)


class ShowForm(Form):
    """To which colleagues a demand is shown."""

    colleagues = ChecksField(label=_("To whom do you show it?"))

    def __init__(self, *args: Any, colleagues: queries.Choices, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("colleagues", colleagues)


class EndForm(Form):
    """A demand that no file answers."""

    how = RadiosField(label=_("How does it end?"), choices=DemandEnd.How.choices)
    same = SelectField(label=_("The same as which?"), required=False)

    def __init__(self, *args: Any, others_open: list[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("same", [NOT_SAID, *others_open])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("how") == DemandEnd.How.SAME and not said.get("same"):
            self.add_error("same", ValidationError(_("Choose which one it is the same as.")))
        return said

    @property
    def same_id(self) -> UUID | None:
        said = self.cleaned_data
        return UUID(said["same"]) if said["how"] == DemandEnd.How.SAME else None


# What each step asks: the question; who; and what to write. Empty: not asked.
STEPS_SAID: Final[dict[str, tuple[Any, Any, Any, Any]]] = {
    Do.IDENTITY: (
        _("Is it established who demands it?"),
        _("Who answered, and by which number"),
        _("What was checked"),
        _("Call the office back by a number found elsewhere than on the paper."),
    ),
    Do.LAW: (
        _("By what right is it demanded?"),
        "",
        _("The article, the order, and what it obliges to"),
        _("As the paper says, and as you weigh it. Counsel may help."),
    ),
    Do.REPORT: (
        _("Is a report accepted, and are the conditions of section 35.4 met?"),
        _("The delegate who says it"),
        _("Which conditions they invoke"),
        _("Whoever made a report is never named here."),
    ),
    Do.ACCUSED: (
        _("Would it be produced to an accused?"),
        "",
        _("Which accusation, which decision, of which day"),
        _(
            "Of offences that the law lists (trafficking, procuring, buying sexual services, "
            "sexual assault), nothing goes to an accused before a judge has decided at two "
            "stages: first that the judge looks at it, then that it is produced."
        ),
    ),
    Do.SCOPE: (
        _("What is the least that is enough?"),
        "",
        _("What is demanded, and what of it answers the question"),
        _("Which period, which subject. What does not serve it is not produced."),
    ),
    Do.SECRECY: (
        _("Does professional secrecy stand in the way?"),
        "",
        _("Of which profession, and why"),
        _("Of a member of a professional order, what was entrusted is theirs to keep."),
    ),
    Do.OPINION: (
        _("What do you think of it?"),
        "",
        _("Why"),
        _("Whoever is in charge of privacy decides, having read it."),
    ),
    Do.OBJECTED: (
        _("What is the main ground of the objection?"),
        "",
        _("The reasons, as the letter gives them"),
        _("Without a name, and without saying what is held."),
    ),
    Do.DELIVERED: (
        _("How was it handed over?"),
        _("To whom: a function, an office"),
        _("The receipt: what was seen or signed, which day"),
        "",
    ),
    Do.LAPSED: ("", "", _("Who said so, and how"), _("Nothing goes.")),
    Do.CLOSED: (
        _("What becomes of the hold?"),
        "",
        _("Why"),
        _("When it may end, another person ends it: nobody does so alone."),
    ),
}

NOT_HERE: Final = frozenset({"", Step.Code.SAME})  # the same as another: on a page of its own


class StepForm(Form):
    """One thing that is weighed, or done: what was found, and its words."""

    code = RadiosField(label="")
    apart = NumberField(
        label=_("Of what it names, how many texts need an order of their own?"),
        hint=_(
            "Psychotherapy notes, private pages, what is sealed. They are counted as the demand "
            "names them, and never opened. None: 0."
        ),
        required=False,
        min_value=0,
        max_value=999,
    )
    who = TextField(label="", max_length=200)
    words = LongTextField(label="", rows=5, max_length=4_000)

    def __init__(self, *args: Any, kind: str, **others: Any) -> None:
        super().__init__(*args, **others)
        self.kind = kind
        question, who, words, hint = STEPS_SAID[kind]
        codes = [(code, Step.Code(code).label) for code in CODES[kind] if code not in NOT_HERE]
        if codes:
            self.choose_from("code", codes)
            self.fields["code"].label = question
        else:
            del self.fields["code"]
        if kind != Do.SCOPE:
            del self.fields["apart"]
        if who:
            self.fields["who"].label = who
        else:
            del self.fields["who"]
        self.fields["words"].label, self.fields["words"].help_text = words, hint

    def weighed(self) -> Weighed:
        said = self.cleaned_data
        return Weighed(
            id=self.record_id,
            kind=self.kind,
            code=said.get("code", ""),
            who=said.get("who", ""),
            words=said["words"],
            apart=said.get("apart") or 0,
        )


class InformForm(Form):
    """Whether the person was told, and what help was offered."""

    way = RadiosField(label=_("Was the person told?"), choices=Informing.Way.choices)
    support = SelectField(
        label=_("Was help that depends on nobody here offered?"),
        hint=_("A CAVAC, legal aid: the numbers are below."),
        required=False,
    )
    ground = SelectField(label=_("When it is not for now: why?"), required=False)
    look_again_on = DayField(
        label=_("When it is not for now: which day is it looked at again?"), required=False
    )
    words = LongTextField(
        label=_("When, by whom, in which words; or why not"),
        hint=_("And what they said of it, in their words. They may read this one day."),
        rows=4,
        max_length=4_000,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("support", [NOT_SAID, *Informing.Support.choices])
        self.choose_from("ground", [NOT_SAID, *Informing.Ground.choices])
        day, today = self.fields["look_again_on"], clock.today()
        assert isinstance(day, DayField)
        day.earliest, day.latest = today + A_DAY, today + policy.LATEST_LOOK

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        way = said.get("way")
        if way == Informing.Way.TOLD and not said.get("support"):
            self.add_error(
                "support",
                ValidationError(_("Say whether help that depends on nobody here was offered.")),
            )
        if way == Informing.Way.LATER:
            if not said.get("ground"):
                self.add_error("ground", ValidationError(_("Say why it is not for now.")))
            if not said.get("look_again_on") and not self.errors.get("look_again_on"):
                self.add_error(
                    "look_again_on", ValidationError(_("Say which day it is looked at again."))
                )
        return said

    def informed(self) -> Informed:
        said = self.cleaned_data
        is_later, is_told = said["way"] == Informing.Way.LATER, said["way"] == Informing.Way.TOLD
        return Informed(
            id=self.record_id,
            way=said["way"],
            words=said["words"],
            ground=said["ground"] if is_later else "",
            look_again_on=said["look_again_on"] if is_later else None,
            support=said["support"] if is_told else "",
        )


class SeatForm(Form):
    """Who sits there too, and which parts of the file they may read."""

    person = RadiosField(label=_("To whom do you give a seat?"))
    faces = ChecksField(
        label=_("Which parts of the file does the demand name?"),
        hint=_(
            "They read the demand, what was weighed and what is prepared. Ticked, a part may be "
            "read with it; left alone, it stays closed to them."
        ),
        required=False,
    )

    def __init__(self, *args: Any, sitters: queries.Choices, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("person", sitters)
        self.choose_from("faces", list(FACES.items()))


class PrepareForm(Form):
    """Text by text, what is enough to answer."""

    texts = ChecksField(
        label=_("Which texts answer the demand?"),
        hint=_("Their kind and their day; those you tick are opened, and no other."),
    )

    def __init__(self, *args: Any, texts: queries.Listed, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from(
            "texts",
            [(str(pk), f"{kind.label}, {moments.day(at)}") for kind, pk, at in texts],
        )
        self.fields["texts"].error_messages["required"] = _("Tick at least one text, or object.")

    def chosen(self) -> Sequence[UUID]:
        return [UUID(one) for one in self.cleaned_data["texts"]]


class VerdictForm(Form):
    """The second person: released, or sent back with reasons."""

    outcome = RadiosField(label=_("What do you decide?"), choices=Verdict.Outcome.choices)
    words = LongTextField(
        label=_("Why, when it is sent back"), required=False, rows=3, max_length=2_000
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("outcome") == Verdict.Outcome.SENT_BACK and not said.get("words"):
            self.add_error("words", ValidationError(_("Say why, in a sentence or two.")))
        return said


class PressForm(Form):
    """Nothing to type."""
