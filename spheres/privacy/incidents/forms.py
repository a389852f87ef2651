"""What may be typed of an incident? Two lines to tell it; then item by item, when it is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.privacy.incidents import policy
from spheres.privacy.incidents.actions import Added, Assessed, Given, Proposed, Told
from spheres.privacy.incidents.models import (
    Addition,
    Assessment,
    Happened,
    Information,
    Review,
    Step,
)
from spheres.records.naming.identifiers import Finding, look
from spheres.ui.fields import (
    AgreeField,
    ChecksField,
    DayField,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
)
from spheres.ui.forms import Form

Item, Kind = Addition.Item, Step.Kind
MOST_PERSONS: Final = 1_000_000


class TellForm(Form):
    """What happened, in two lines; when, if known; what it concerned."""

    words = LongTextField(
        label=_("What happened, in two lines"),
        hint=_("As you saw it. Nobody’s name, nor address, nor number."),
        rows=3,
        max_length=2_000,
    )
    happened = RadiosField(label=_("What does it look like?"), choices=Happened.choices)
    happened_on = DayField(
        label=_("Which day?"), hint=_("Leave it empty if you do not know."), required=False
    )
    concerns = ChecksField(label=_("What did it concern?"), choices=Information.choices)

    def clean_happened_on(self) -> date | None:
        return not_to_come(self, "happened_on")

    def findings(self) -> list[Finding]:
        """What looks like a name, an address or a number, unless it was looked at again."""
        if not self.is_bound or self.data.get("looked_again"):
            return []
        return list(look(str(self.data.get("words") or "")))

    def told(self) -> Told:
        said = self.cleaned_data
        return Told(
            id=self.record_id,
            words=said["words"],
            happened=said["happened"],
            concerns=tuple(said["concerns"]),
            happened_on=said["happened_on"],
        )


def not_to_come(form: Form, name: str) -> date | None:
    """A day that has come already; else the sentence that says so stands beside it."""
    day: date | None = form.cleaned_data[name]
    if day is not None and not (may := policy.can_be_then(day, clock.today())):
        form.add_error(name, str(may.reason))
    return day


class WordsForm(Form):
    """What is added to an item that has nothing but words."""

    words = LongTextField(label=_("What you add"), rows=4, max_length=5_000)

    def added(self, item: str) -> Added:
        return Added(self.record_id, item, **self.said())

    def said(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["words"]}


class DaysForm(WordsForm):
    """A day or a period, known or nearly; with words if they help."""

    from_on = DayField(label=_("The day, or the first day"), required=False)
    until_on = DayField(
        label=_("The last day, when it lasted"),
        hint=_("Leave it empty for one day only."),
        required=False,
    )
    is_approximate = AgreeField(label=_("It is an approximation"), required=False)
    words = LongTextField(
        label=_("Words about it, if they help"), required=False, rows=2, max_length=2_000
    )
    field_order = ("from_on", "until_on", "is_approximate", "words")

    def clean_from_on(self) -> date | None:
        return not_to_come(self, "from_on")

    def clean_until_on(self) -> date | None:
        return not_to_come(self, "until_on")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("from_on"), said.get("until_on")
        if not first and not said.get("words") and not self.errors:
            self.add_error("from_on", _("Write a day, or say in words why it is not known."))
        if last and not first and not self.errors:
            self.add_error("from_on", _("Write the first day too."))
        if first and last and last < first:
            self.add_error("until_on", _("The last day comes after the first one."))
        return said

    def said(self) -> dict[str, Any]:
        names = ("words", "from_on", "until_on", "is_approximate")
        return {name: self.cleaned_data[name] for name in names}


class PersonsForm(WordsForm):
    """How many persons, of whom how many in Québec; known or nearly."""

    persons = NumberField(label=_("How many persons"), min_value=0, max_value=MOST_PERSONS)
    in_quebec = NumberField(
        label=_("Of whom, living in Québec"),
        hint=_("The notice asks for it. Leave it empty if you do not know."),
        required=False,
        min_value=0,
        max_value=MOST_PERSONS,
    )
    is_approximate = AgreeField(label=_("It is an approximation"), required=False)
    words = LongTextField(
        label=_("Words about it, if they help"),
        hint=_("Never a name: their workers say whom it concerns."),
        required=False,
        rows=2,
        max_length=2_000,
    )
    field_order = ("persons", "in_quebec", "is_approximate", "words")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        whole, part = said.get("persons"), said.get("in_quebec")
        if whole is not None and part is not None and part > whole:
            self.add_error("in_quebec", _("It cannot be more than all of them."))
        return said

    def said(self) -> dict[str, Any]:
        names = ("words", "persons", "in_quebec", "is_approximate")
        return {name: self.cleaned_data[name] for name in names}


class AssessForm(Form):
    """Four questions for judgement, then a conclusion. Nothing is computed from them."""

    sensitivity = LongTextField(
        label=_("How sensitive is this information?"),
        hint=_("What it says of somebody, and what that could mean in their life."),
        required=False,
        rows=2,
        max_length=5_000,
    )
    uses = LongTextField(
        label=_("What could somebody ill-intentioned do with it?"),
        hint=_("Find them, threaten them, take their identity, tell their relatives."),
        required=False,
        rows=2,
        max_length=5_000,
    )
    consequences = LongTextField(
        label=_("What would it lead to for them?"), required=False, rows=2, max_length=5_000
    )
    likelihood = LongTextField(
        label=_("How likely is it that it will be used to harm?"),
        hint=_("Who may have it, for how long, could it be read, was it recovered."),
        required=False,
        rows=2,
        max_length=5_000,
    )
    conclusion = RadiosField(
        label=_("What you conclude"),
        hint=_("Yours to judge, with your counsel if you wish. You can come back to it."),
        choices=Assessment.Conclusion.choices,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "conclusion" in said:
            reasons = [said.get(name, "") for name in REASONS]
            if not (may := policy.can_conclude(said["conclusion"], reasons)):
                missing = next(name for name in REASONS if not said.get(name))
                self.add_error(missing, str(may.reason))
        return said

    def assessed(self) -> Assessed:
        return Assessed(self.record_id, **{
            name: self.cleaned_data[name] for name in ("conclusion", *REASONS)
        })  # fmt: skip


REASONS: Final = ("sensitivity", "uses", "consequences", "likelihood")


class NoticeForm(Form):
    """Which notice was given, on which day; or that the persons wait, why, and until when."""

    kind = RadiosField(label=_("What was done"))
    given_on = DayField(label=_("On which day"))
    persons = NumberField(
        label=_("How many persons were told"),
        required=False,
        min_value=1,
        max_value=MOST_PERSONS,
    )
    look_again_on = DayField(
        label=_("Look again on"),
        hint=_("When the persons are not told yet: three months at most."),
        required=False,
    )
    why = LongTextField(
        label=_("Why, or how"),
        hint=_("Needed for a public notice, and when the persons are not told yet."),
        required=False,
        rows=2,
        max_length=2_000,
    )

    def __init__(self, *args: Any, to: Sequence[Step.Kind], **others: Any) -> None:
        initial = {"given_on": clock.today()} | dict(others.pop("initial", None) or {})
        super().__init__(*args, initial=initial, **others)
        kinds = (*to, Kind.PERSONS, Kind.PUBLIC, Kind.ABLE, Kind.WAIT)
        self.choose_from("kind", [(kind, kind.label) for kind in kinds])

    def clean_given_on(self) -> date | None:
        return not_to_come(self, "given_on")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        kind = said.get("kind")
        if kind in {Kind.WAIT, Kind.PUBLIC} and not said.get("why"):
            self.add_error("why", _("Say why: the register keeps the reason."))
        if kind == Kind.WAIT and "look_again_on" in said:
            day = said["look_again_on"]
            if day is None:
                self.add_error("look_again_on", _("Say on which day it is looked at again."))
            elif not (may := policy.can_wait_until(day, clock.today())):
                self.add_error("look_again_on", str(may.reason))
        return said

    def given(self) -> Given:
        said = self.cleaned_data
        waits = said["kind"] == Kind.WAIT
        return Given(
            self.record_id,
            said["kind"],
            said["given_on"],
            look_again_on=said["look_again_on"] if waits else None,
            persons=said["persons"] if said["kind"] == Kind.PERSONS else None,
            why=said["why"],
        )


class ConcernedForm(Form):
    """Which of one's own persons: none is a good answer."""

    persons = ChecksField(
        label=_("Which of the persons you accompany?"),
        hint=_("Only those whom it concerns for sure."),
        required=False,
    )

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("persons", [(str(file_id), name) for file_id, name in people])

    @property
    def file_ids(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["persons"]]


class LetterForm(Form):
    """Whether the letter says from whom it comes: not unless it is said, as her other papers."""

    with_name = AgreeField(
        label=_("The name of the organisation may stand on the letter"),
        hint=_("Left unticked, nothing on paper says where it comes from."),
        required=False,
    )

    @property
    def is_neutral(self) -> bool:
        return not self.data.get("with_name")


class InformForm(Form):
    """They were told; or not yet, and when to try again."""

    way = RadiosField(
        label=_("Were they told?"),
        choices=[("TOLD", _("Yes, they were told")), ("NOT_YET", _("No safe way yet"))],
    )
    look_again_on = DayField(
        label=_("Try again on"), hint=_("It comes back on your day then."), required=False
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("way") == "NOT_YET" and "look_again_on" in said:
            day = said["look_again_on"]
            if day is None:
                self.add_error("look_again_on", _("Say on which day you try again."))
            elif not (may := policy.can_wait_until(day, clock.today())):
                self.add_error("look_again_on", str(may.reason))
        return said

    @property
    def again_on(self) -> date | None:
        day: date | None = self.cleaned_data["look_again_on"]
        return day if self.cleaned_data["way"] == "NOT_YET" else None


class ColleagueForm(Form):
    """Whose device is lost: a colleague who cannot say so."""

    colleague = SelectField(label=_("Whose device?"))

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from(
            "colleague", [("", _("Choose")), *((str(pk), name) for pk, name in people)]
        )


class ReviewForm(Form):
    """What becomes of an entry past its time: kept so many years more and why, or deleted."""

    decision = RadiosField(label=_("What do you propose?"), choices=Review.Decision.choices)
    years = NumberField(
        label=_("For how many years more"),
        hint=_("When it is kept: ten at most, then it is looked at again."),
        required=False,
        min_value=1,
        max_value=policy.MOST_YEARS_MORE,
    )
    reason = RadiosField(label=_("Why it is kept"), required=False, choices=Review.Reason.choices)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("decision") == Review.Decision.KEEP and "years" in said:
            if not said["years"]:
                self.add_error("years", _("Say for how many years."))
            if not said.get("reason"):
                self.add_error("reason", _("Say why: what is kept longer has a reason."))
        return said

    def proposed(self) -> Proposed:
        said = self.cleaned_data
        return Proposed(self.record_id, said["decision"], said["years"] or 0, said["reason"])


class PressForm(Form):
    """A press, and nothing to fill in; sent twice, it is one."""
