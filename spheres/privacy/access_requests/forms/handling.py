"""What may be typed of a request: what is asked, each step, the answer; and of a letter?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.core.decision import Decision as May
from spheres.privacy.access_requests import policy, queries
from spheres.privacy.access_requests.actions import Answer, Wanted
from spheres.privacy.access_requests.models import (
    AccessRequest,
    Age,
    Asker,
    Ground,
    Keep,
    Outcome,
    Step,
    Wish,
)
from spheres.records.between.begun import Begun
from spheres.records.between.copying import Kind as TextKind
from spheres.records.registry import RecordType
from spheres.ui import moments
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

Kind, Code = Step.Kind, Step.Code
NOT_SAID: Final = ("", _("Not said"))
A_DAY: Final = timedelta(days=1)
A_YEAR: Final = timedelta(days=366)
Text = tuple[RecordType | TextKind, UUID, datetime]


def named(found: Sequence[Text]) -> list[tuple[str, str]]:
    """Texts of a file to choose from: their kind and their day, no word of them."""
    return [
        (f"{kind.slug}:{record_id}", f"{kind.label}, {moments.day(at)}")
        for kind, record_id, at in found
    ]


class WantedForm(Form):
    """Who asks what, how it came, how the answer is to reach them."""

    asker = RadiosField(label=_("Who asks?"))
    wish = RadiosField(label=_("What is asked?"), choices=Wish.choices)
    about = SelectField(
        label=_("Which text is disputed?"),
        hint=_("Only when it is asked that a text be corrected."),
        required=False,
    )
    received_on = DayField(label=_("Which day did it arrive?"))
    way = RadiosField(label=_("How did it arrive?"), choices=AccessRequest.Way.choices)
    words = LongTextField(
        label=_("What is asked, in their words"),
        hint=_("And, when it is somebody else, who they are. The person may read this one day."),
        required=False,
        rows=3,
        max_length=4_000,
    )
    keep = RadiosField(label=_("How is the answer to reach them safely?"), choices=Keep.choices)
    with_name = AgreeField(
        label=_("The name of the organisation may stand on the letters"),
        hint=_("Left unticked, nothing on paper says where it comes from."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        age: int,
        texts: Sequence[Text] = (),
        disputed: str = "",
        asked: Begun | None = None,
        **others: Any,
    ) -> None:
        """`disputed`: begun from that text; `asked`: from what came from the notebook, of which it
        takes the day and the number, so that it is written once."""
        self.texts = named(texts)
        begun: dict[str, Any] = {"received_on": clock.today()}
        if asked is not None:
            others["record_id"] = asked.id
            begun |= {"wish": Wish.RECTIFY, "way": AccessRequest.Way.NOTEBOOK, "keep": Keep.HERE}
            begun |= {"received_on": asked.on, "words": asked.words}
            begun |= {"asker": Asker.SELF} if age >= Age.FROM_14 else {}
        if self.is_about(disputed):
            begun |= {"wish": Wish.RECTIFY, "about": disputed, "way": AccessRequest.Way.VOICE}
            begun |= {"asker": Asker.SELF} if age >= Age.FROM_14 else {}
        others["initial"] = begun | dict(others.get("initial") or {})
        super().__init__(*args, **others)
        self.age = age
        askers = [
            (one.value, one.label) for one in Asker if not (one == Asker.SELF and age < Age.FROM_14)
        ]
        self.choose_from("asker", askers)
        self.fields["asker"].error_messages["invalid_choice"] = policy.BY_A_LAWYER
        self.choose_from("about", [NOT_SAID, *self.texts])
        today = clock.today()
        day = self.fields["received_on"]
        assert isinstance(day, DayField)
        day.earliest, day.latest = today - A_YEAR, today

    def is_about(self, disputed: str) -> bool:
        """Whether it was begun from a text of this file, while it was read."""
        return any(text == disputed for text, _name in self.texts)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("wish") == Wish.RECTIFY and not said.get("about"):
            self.add_error("about", ValidationError(_("Choose which text is disputed.")))
        return said

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        slug, _colon, record_id = (
            said["about"].partition(":") if said["wish"] == Wish.RECTIFY else ("", "", "")
        )
        return Wanted(
            id=self.record_id,
            asker=said["asker"],
            age=self.age,
            way=said["way"],
            wish=said["wish"],
            keep=said["keep"],
            received_on=said["received_on"],
            words=said["words"],
            is_neutral=not said["with_name"],
            record_type=slug,
            record_id=UUID(record_id) if record_id else None,
        )


# What each step asks: its choices, the question, and what to write.
STEPS: Final[dict[str, tuple[tuple[Any, ...], Any, Any, Any]]] = {
    Kind.IDENTITY: (
        (Code.KNOWN, Code.PAPER, Code.TITLE),
        _("How was the identity of whoever asks checked?"),
        _("What was seen, and by whom"),
        _("No number, no copy: which paper, which day. For somebody else: by what right they ask."),
    ),
    Kind.OPINION: (
        (Code.YES, Code.PARTLY, Code.NO, Code.UNSAID),
        _("What does the person say of it?"),
        _("In their words"),
        _("What may be given, what may not, what they fear. They need not say why."),
    ),
    Kind.HARM: (
        (Code.SAFE, Code.HARMFUL),
        _("Could it harm the person’s health or safety?"),
        _("Which professional thinks so, and on what it rests"),
        _("A name is not needed: a profession, a day, and what was weighed."),
    ),
    Kind.CONSULTED: (
        (Code.CLEAR, Code.OPPOSED, Code.NOT_CALLED_FOR),
        _("Was youth protection consulted?"),
        _("When, with whom, what was answered; or why nothing calls for it"),
        _("Whoever made a report is never named here."),
    ),
}


class StepForm(Form):
    """One step: what was answered, and its words."""

    code = RadiosField(label="")
    words = LongTextField(label="", rows=4, max_length=4_000)

    def __init__(self, *args: Any, kind: str, **others: Any) -> None:
        super().__init__(*args, **others)
        codes, question, label, hint = STEPS[kind]
        self.choose_from("code", [(str(code.value), code.label) for code in codes])
        self.fields["code"].label = question
        self.fields["words"].label = label
        self.fields["words"].help_text = hint
        # Somebody who prefers not to say is not made to.
        self.fields["words"].required = kind != Kind.OPINION


class SeatForm(Form):
    """Who answers, among those in charge of privacy."""

    officer = RadiosField(label=_("Who answers?"))

    def __init__(self, *args: Any, officers: queries.Choices, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("officer", officers)


class OfferedBound(BoundField):
    """Always says what the page shows now, never what an older one did."""

    form: AnswerForm

    def value(self) -> str:
        return self.form.stands


class OfferedField(forms.CharField):
    """Which texts the page showed, as a digest."""

    bound_field_class = OfferedBound
    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, label="")


class AnswerForm(Form):
    """What is answered, on which ground, why; what is left out; when it is looked at again."""

    offered = OfferedField()

    outcome = RadiosField(label=_("What is answered?"))
    ground = SelectField(
        label=_("On which ground?"),
        hint=_("When it is refused, or not all given. The letter says it."),
        required=False,
    )
    left_out = ChecksField(
        label=_("What is left out of the copy?"),
        hint=_("When it is granted in part. Nothing of these texts is in the copy."),
        required=False,
    )
    look_again_on = DayField(
        label=_("When it is refused for a time: which day is it looked at again?"), required=False
    )
    reasons = LongTextField(
        label=_("The reasons, as the letter gives them"),
        hint=_(
            "In plain words, without a name. Whoever asked reads them: nothing here that would "
            "tell them what they must not know."
        ),
        required=False,
        rows=4,
        max_length=4_000,
    )

    def __init__(
        self,
        *args: Any,
        outcomes: list[tuple[str, May]],
        texts: Sequence[Text] = (),
        facts: policy.Facts,
        **others: Any,
    ) -> None:
        super().__init__(*args, **others)
        self.facts = facts
        names = "\n".join(sorted(str(record_id) for _kind, record_id, _at in texts))
        self.is_copied = bool(texts)
        self.stands = hashlib.sha256(names.encode()).hexdigest()
        self.choose_from("outcome", [(one, Outcome(one).label) for one, may in outcomes if may])
        may_be = {one for one, may in outcomes if may}
        stand = {ground for one in may_be for ground in policy.grounds(facts, one)}
        grounds = [(one.value, one.label) for one in Ground if one in stand]
        self.choose_from("ground", [NOT_SAID, *grounds])
        if texts and Outcome.PART in may_be:
            self.choose_from("left_out", named(texts))
        else:
            del self.fields["left_out"]
        if may_be <= {Outcome.WHOLE, Outcome.WITHDRAWN}:
            del self.fields["ground"]
        if Outcome.LATER in may_be:
            day = self.fields["look_again_on"]
            assert isinstance(day, DayField)
            today = clock.today()
            day.earliest, day.latest = today + A_DAY, today + policy.LATEST_LOOK
        else:
            del self.fields["look_again_on"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        outcome = said.get("outcome")
        gives_texts = self.is_copied and outcome in policy.GIVING
        if gives_texts and said.get("offered") != self.stands:
            self.add_error(
                None,
                ValidationError(
                    _("A text was written since this page was shown: read it over, then answer.")
                ),
            )
        if outcome in {Outcome.LATER, Outcome.REFUSED, Outcome.PART}:
            if not said.get("ground"):
                self.add_error("ground", ValidationError(_("Choose on which ground.")))
            elif why := policy.why_not(self.facts, outcome, said["ground"]):
                self.add_error("ground", ValidationError(why))
            if not said.get("reasons") and said.get("ground") != Ground.UNSAID:
                self.add_error("reasons", ValidationError(_("Say why, in a sentence or two.")))
        if (
            outcome == Outcome.LATER
            and not said.get("look_again_on")
            and not self.errors.get("look_again_on")
        ):
            self.add_error(
                "look_again_on", ValidationError(_("Say which day it is looked at again."))
            )
        if outcome == Outcome.PART and "left_out" in self.fields and not said.get("left_out"):
            self.add_error("left_out", ValidationError(_("Tick what is left out.")))
        if outcome in policy.GIVING and self.facts.opinion == Code.NO and not said.get("reasons"):
            self.add_error(
                "reasons",
                ValidationError(
                    _("The person does not want it: say why it is given all the same.")
                ),
            )
        return said

    def answer(self) -> Answer:
        said = self.cleaned_data
        outcome = said["outcome"]
        gives_some = outcome == Outcome.PART
        left_out = said.get("left_out") or []
        return Answer(
            id=self.record_id,
            outcome=outcome,
            age=self.facts.age,
            reasons=said["reasons"],
            ground="" if outcome in {Outcome.WHOLE, Outcome.WITHDRAWN} else said.get("ground", ""),
            left_out=tuple(UUID(one.partition(":")[2]) for one in left_out) if gives_some else (),
            look_again_on=said.get("look_again_on") if outcome == Outcome.LATER else None,
        )


class HandedForm(Form):
    """That it reached whoever asked."""

    words = TextField(
        label=_("To whom it was handed over, and how"),
        hint=_("For instance: to them, in person, at the drop-in."),
        max_length=400,
    )


class CopyForm(Form):
    """Two buttons, each a shape."""


class PressForm(Form):
    """Nothing to type."""
