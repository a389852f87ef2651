"""What is typed at the door of a notebook, in it, and beside a worker to open it?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spheres.portal.notebook import actions, policy
from spheres.portal.notebook.actions import Asked
from spheres.portal.notebook.policy import KINDS, Agreed, Level
from spheres.ui.fields import ChecksField, RadiosField, TextField
from spheres.ui.forms import Form

ALLOWED = {
    "words": _("The page in their own words"),
    "plan": _("Their plan: dreams, goals and small steps"),
    "safety": _("Their safety net"),
}
# The same, said to her.
MINE = {
    "words": _("My own page"),
    "plan": _("My dreams, my goals and my small steps"),
    "safety": _("My safety net"),
}
ONE_WAY = _(
    "It did not open. Check both numbers. If it still does not open, your worker can give you "
    "another code, in person."
)


class FiguresField(TextField):
    """Figures that a browser neither completes, nor offers to keep, nor shows."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "data-spheres-veiled": ""})

    def __init__(self, **others: Any) -> None:
        super().__init__(max_length=60, width="half", **others)

    def to_python(self, value: str | None) -> str:
        return actions.figures_of(super().to_python(value) or "")


class DoorForm(Form):
    """A code and a PIN; whatever is wrong, one sentence."""

    code = FiguresField(label=_("Your number"))
    pin = FiguresField(label=_("Your PIN"))


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

    pin = FiguresField(
        label=_("The PIN they choose"),
        hint=_("6 figures or more. They type it themselves, out of everyone’s sight."),
    )
    again = FiguresField(label=_("The same PIN once more"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("pin") and said.get("again") and said["pin"] != said["again"]:
            self.add_error("again", _("The two are not the same. Type both again."))
        return said


class OneStepForm(Form):
    """A button, and nothing to type."""
