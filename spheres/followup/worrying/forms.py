"""What may be typed of a worrying situation: together before the call, then what was done?"""

from __future__ import annotations

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.followup.worrying.actions import Written
from spheres.followup.worrying.models import Addition, Situation, Telling
from spheres.followup.worrying.queries import WHO
from spheres.records.forms import AddToForm, CallForm, refuse_not_now
from spheres.ui.fields import DayField, LongTextField, RadiosField, TextField
from spheres.ui.forms import Form

Outcome = Situation.Outcome
IF_REPORTED: Final = ("reached", "recipient", "said")
MORE: Final = ("facts", "recipient")
ADDED: Final = tuple(one for one in Addition.About if one not in {"TELLING", "LEARNT"})
NEEDED: Final = _("This answer is needed to go on.")


class PrepareForm(Form):
    """Together, before the call: what will be said, what the person wants, where they will be."""

    class Beside(models.TextChoices):
        BESIDE = "BESIDE", _("Beside you, and I may speak")
        NEAR = "NEAR", _("Close by, without hearing")
        AFTER = "AFTER", _("Somewhere else: tell me after")
        UNSURE = "UNSURE", _("I don’t know yet")

    said = LongTextField(
        label=_("What will be said, in two lines"),
        hint=_("In your words if you can. Only what is needed."),
        required=False,
        rows=3,
        max_length=1_000,
    )
    wishes = LongTextField(
        label=_("What you want, and what you do not want"),
        hint=_("Nobody can promise it. It can be said in the call."),
        required=False,
        rows=3,
        max_length=2_000,
    )
    beside = RadiosField(label=_("During the call, where do you want to be?"), required=False)

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("beside", self.Beside.choices)

    def begun(self) -> dict[str, object]:
        """What the page of the record begins with: her choice stands first among her wishes."""
        said = self.cleaned_data
        where = str(self.Beside(said["beside"]).label) if said["beside"] else ""
        wishes = [line for line in (where, said["wishes"]) if line]
        return {"said": said["said"], "wishes": "\n".join(wishes)}


class SituationForm(CallForm):
    """What was done, when; what was said, or why nothing was; and with her."""

    outcome = RadiosField(label=_("What did you do?"))
    reached = RadiosField(label=_("Whom did you reach?"), required=False)
    recipient = TextField(
        label=_("Their name or the number of the call"),
        hint=_("What they gave you. Or leave it empty."),
        required=False,
        max_length=200,
    )
    said = LongTextField(
        label=_("What was said, in two lines"),
        hint=_("Only what was needed. The person may read it one day."),
        required=False,
        rows=3,
        max_length=1_000,
    )
    because = LongTextField(
        label=_("Why it was not reported"),
        hint=_("What you weighed, and what is being done instead."),
        required=False,
        rows=3,
        max_length=5_000,
    )
    consulted = TextField(
        label=_("Who was consulted"),
        hint=_("Whoever supervises you, or the line: it advises without a name being given."),
        required=False,
        max_length=400,
    )
    told_her = RadiosField(label=_("Was the person told?"), required=False)
    ground = RadiosField(label=_("Not for now: which harm could it do?"), required=False)
    look_again_on = DayField(
        label=_("Which day is it looked at again?"),
        hint=_("It comes back on your day then. Three months at most."),
        required=False,
    )
    her_words = LongTextField(
        label=_("What they said of it"),
        hint=_("In their words, even if they were against it."),
        required=False,
        rows=2,
        max_length=2_000,
    )
    wishes = LongTextField(
        label=_("What the person wishes"), required=False, rows=2, max_length=2_000
    )
    support = LongTextField(
        label=_("What was offered to support them"),
        hint=_("Now, and in the coming days."),
        required=False,
        rows=2,
        max_length=2_000,
    )
    facts = LongTextField(
        label=_("What you saw or heard"),
        hint=_("The least that explains it. Nothing of what happened in detail."),
        required=False,
        rows=3,
        max_length=5_000,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["day"].label = _("Which day was it?")
        self.choose_from("outcome", Outcome.choices)
        self.choose_from("reached", Situation.Reached.choices)
        self.choose_from(
            "told_her",
            [
                (Telling.Way.BEFORE, _("Yes, before")),
                (Telling.Way.AFTER, _("Yes, since")),
                ("", _("Not yet")),
                (Telling.Way.NOT_NOW, Telling.Way.NOT_NOW.label),
            ],
        )
        self.choose_from("ground", Telling.Ground.choices)

    @property
    def is_weighed(self) -> bool:
        names = ("because", "consulted")
        typed = any(self[name].errors or self[name].value() for name in names)
        return typed or self["outcome"].value() == Outcome.NOT_REPORTED

    @property
    def is_not_now(self) -> bool:
        names = ("ground", "look_again_on")
        return any(self[name].errors or self[name].value() for name in names)

    @property
    def is_more_said(self) -> bool:
        return any(self[name].errors or self[name].value() for name in MORE)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        outcome = said.get("outcome")
        if outcome == Outcome.REPORTED:
            self._needs(said, "reached", "said")
            self._says_otherwise(
                said, ["because"], _("You called: write this among what was said.")
            )
        elif outcome == Outcome.NOT_REPORTED:
            self._needs(said, "because", "consulted")
            otherwise = _("You wrote what a call was: choose that you called, or take this away.")
            self._says_otherwise(said, IF_REPORTED, otherwise)
        if said.get("told_her") == Telling.Way.NOT_NOW:
            refuse_not_now(self, said)
        return said

    def _needs(self, said: dict[str, Any], *names: str) -> None:
        for name in names:
            if not said.get(name) and name not in self.errors:
                self.add_error(name, str(NEEDED))

    def _says_otherwise(self, said: dict[str, Any], names: Any, why: Any) -> None:
        for name in names:
            if said.get(name) and name not in self.errors:
                self.add_error(name, str(why))

    def written(self) -> Written:
        """The valid answers, as the action takes them."""
        said = self.cleaned_data
        not_now = said["told_her"] == Telling.Way.NOT_NOW
        names = (
            "outcome", "reached", "recipient", "said", "because", "facts", "consulted", "wishes",
            "support", "told_her", "her_words",
        )  # fmt: skip
        return Written(
            id=self.record_id,
            made_at=self.made_at,
            ground=said["ground"] if not_now else "",
            look_again_on=said["look_again_on"] if not_now else None,
            **{name: said[name] for name in names},
        )


class AddForm(AddToForm):
    """One point of a worrying situation, and what is added to it."""

    points = ADDED


class CategoryForm(Form):
    """Of which category one is: one answer, said and never guessed."""

    category = RadiosField(label=_("What are you, where you work?"))

    def __init__(self, *args: Any, name: str = "", **others: Any) -> None:
        super().__init__(*args, **others)
        if name:
            self.fields["category"].label = _("What is %(name)s, where they work?") % {"name": name}
        self.choose_from("category", WHO.items())
