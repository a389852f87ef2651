"""What is typed at the door of a notebook, in it, and beside a worker to open it?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spheres.followup.exercises.actions import Written
from spheres.followup.exercises.forms import SharedForm
from spheres.followup.exercises.queries import Exercise
from spheres.followup.exercises.sheet import Pen
from spheres.portal.notebook import actions, documents, policy
from spheres.portal.notebook.actions import Asked
from spheres.portal.notebook.policy import KINDS, Agreed, Level
from spheres.ui.fields import ChecksField, LongTextField, RadiosField, SelectField, TextField
from spheres.ui.forms import Form

ALLOWED = {
    "words": _("The page in their own words"),
    "plan": _("Their plan: dreams, goals and small steps"),
    "safety": _("Their safety net"),
    "say": _("Who sees their file, who opened it, what they share: behind the PIN, asked again"),
}
# The same, said to her.
MINE = {
    "words": _("My own page"),
    "plan": _("My dreams, my goals and my small steps"),
    "safety": _("My safety net"),
    "say": _("Who sees my file, what I share"),
}


class FiguresField(TextField):
    """Figures that a browser neither completes nor offers to keep."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, **others: Any) -> None:
        super().__init__(max_length=60, width="half", **others)

    def to_python(self, value: str | None) -> str:
        return actions.figures_of(super().to_python(value) or "")


class PinField(FiguresField):
    """The same, veiled: no password, which a browser would offer to keep."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "data-spheres-veiled": ""})


class DoorForm(Form):
    """A code and a PIN; whatever is wrong, one sentence."""

    code = FiguresField(label=_("Your number"))
    pin = PinField(label=_("Your PIN"))


class LowerForm(Form):
    """What her notebook opens from now on; never more than now."""

    level = RadiosField(label=_("What my notebook opens"))
    kinds = ChecksField(label=_("What can be read in it"), required=False)

    def __init__(self, *args: Any, level: str, kinds: set[str], **others: Any) -> None:
        super().__init__(*args, **others)
        lower = [one for one in Level if policy.PLACE[one] <= policy.PLACE[Level(level)]]
        self.choose_from("level", [(one, TO_HER[one]) for one in lower])
        self.choose_from("kinds", [(kind, MINE[kind]) for kind in KINDS if kind in kinds])
        if not kinds:
            del self.fields["kinds"]

    @property
    def chosen(self) -> tuple[str, frozenset[str]]:
        said = self.cleaned_data
        return said["level"], frozenset(said.get("kinds") or ())


TO_HER = {
    Level.PRACTICAL: _("My appointments, and a word for my worker"),
    Level.READ: _("Reading too"),
    Level.WRITE: _("Reading and writing too"),
}


class OpenForm(Form):
    """What she chooses with her worker, side by side."""

    level = RadiosField(label=_("What it opens"), choices=list(Level.choices))
    kinds = ChecksField(
        label=_("What can be read in it"),
        hint=_("Kind by kind, as they wish. For appointments alone, none of it opens."),
        choices=list(ALLOWED.items()),
        required=False,
    )
    agreed = RadiosField(label=_("Who agrees"))

    def __init__(self, *args: Any, decides_alone: bool = True, **others: Any) -> None:
        super().__init__(*args, **others)
        who = [one for one in Agreed if (one == Agreed.HERSELF) == decides_alone]
        self.choose_from("agreed", [(one.value, one.label) for one in who])
        if decides_alone:
            self.fields["agreed"].initial = Agreed.HERSELF

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(self.record_id, said["level"], frozenset(said["kinds"]), agreed=said["agreed"])


class CodeForm(Form):
    """The PIN that she types herself on this device, twice."""

    pin = PinField(
        label=_("The PIN they choose"),
        hint=_("6 figures or more. They type it themselves, out of everyone’s sight."),
    )
    again = PinField(label=_("The same PIN once more"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("pin") and said.get("again") and said["pin"] != said["again"]:
            self.add_error("again", _("The two are not the same. Type both again."))
        return said


class ChangePinForm(Form):
    """The PIN she has, then the one she chooses, twice."""

    pin = PinField(label=_("The PIN I have"))
    new = PinField(label=_("The PIN I choose"), hint=_("6 figures or more."))
    again = PinField(label=_("The same once more"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("new") and said.get("again") and said["new"] != said["again"]:
            self.add_error("again", _("The two are not the same. Type both again."))
        return said


class NamingForm(Form):
    """Her own words for things; empty, they are called as everybody’s are."""

    notebook = TextField(label=_("What I call my notebook"), required=False, max_length=40)
    appointment = TextField(
        label=_("What I call my appointments"),
        hint=_("“Appointment” says nothing to whoever reads over your shoulder. So can your word."),
        required=False,
        max_length=40,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("notebook", "appointment"):
            if policy.tells(said.get(name) or ""):
                self.add_error(name, policy.TELLS)
        return said


class WordForm(Form):
    """A word for her worker."""

    words = LongTextField(label=_("Your word"), rows=4, max_length=1000)


class ReplyForm(Form):
    """What is answered, if anything needs to be."""

    words = LongTextField(
        label=_("What you answer"),
        hint=_("It waits in their notebook. Empty: you have read it, and you talk about it."),
        required=False,
        rows=2,
        max_length=1000,
    )


class DreamForm(Form):
    """A dream has no deadline."""

    line = TextField(label=_("A dream, big or small"), max_length=200)

    def __init__(self, *args: Any, **others: Any) -> None:
        # It stands on one page with the form of a step, whose line bears the usual mark.
        super().__init__(*args, auto_id="dream_%s", **others)


class StepForm(Form):
    """A small step towards one of her dreams or goals."""

    aim = SelectField(label=_("Towards what?"))
    line = TextField(label=_("A small step"), max_length=200)

    def __init__(self, *args: Any, aims: list[tuple[str, str]], **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("aim", aims)


class HerSheetForm(SharedForm):
    """An exercise that she fills in alone: hers the pen, and nothing asked of it."""

    day = None  # type: ignore[assignment]
    pen = None  # type: ignore[assignment]
    was_read = None  # type: ignore[assignment]

    def __init__(self, data: Any = None, *, exercise: Exercise, **others: Any) -> None:
        Form.__init__(self, data, **others)
        self.exercise = exercise
        held = dict(data.items()) if data is not None else {}
        self.sent = {n: str(value) for n, value in held.items() if n.startswith("p-")}
        self._press(held)

    def said(self, *, at: datetime) -> Written:
        return Written(
            self.record_id,
            self.exercise.id,
            at,
            pen=Pen.HERSELF,
            was_read=True,
            answers=self.answers,
            her_words=self.cleaned_data.get("her_words", ""),
        )


class OneStepForm(Form):
    """A button, and nothing to type."""


class PaperForm(Form):
    """All of it in one press; what they would rather not have at home stays out."""

    leave_out = ChecksField(label=_("Leave out, if they wish"), required=False)

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, auto_id="paper_%s", **others)
        self.choose_from("leave_out", [(one.code, one.label) for one in documents.parts()])
