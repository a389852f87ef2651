"""What may be typed of the part that an organisation takes?"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.parts import policy
from spheres.followup.parts.actions import Said
from spheres.followup.parts.models import LONGEST, Part
from spheres.followup.parts.queries import Choice
from spheres.records.forms import LookingForm
from spheres.ui.fields import AgreeField, DayField, LongTextField, SelectField, TextField
from spheres.ui.forms import Form


class PartForm(LookingForm):
    """What they do, since when, what comes next: written with the person, read aloud."""

    texts = ("what", "next_step")

    on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    organisation = SelectField(label=_("Which organisation?"))
    what = LongTextField(
        label=_("What do they do for the person?"),
        hint=_("One sentence, as it can be read aloud to them."),
        max_length=LONGEST,
        rows=2,
    )
    person = TextField(
        label=_("Who there, and in charge of what?"),
        hint=_("A first name and a function are enough."),
        required=False,
        max_length=120,
    )
    since = DayField(label=_("Since which day?"), required=False)
    next_step = TextField(label=_("What comes next?"), required=False, max_length=200)
    next_on = DayField(label=_("On which day?"), required=False)
    is_asked = AgreeField(
        label=_("The person was asked whether to share with them, and is thinking about it"),
        required=False,
    )
    is_named_by_her = AgreeField(
        label=_("For the police only: the person named them, and wants it written"), required=False
    )
    is_shown = AgreeField(
        label=_(
            "The person agrees that this partner reads its own part (what it does, since when, "
            "what comes next) and writes what comes next, as long as they share something with it"
        ),
        required=False,
    )
    is_over = AgreeField(label=_("This is over"), required=False)

    def __init__(
        self, *args: Any, choices: list[Choice], before: Part | None = None, **others: Any
    ) -> None:
        super().__init__(*args, **others)
        self.choices = {str(one.id): one for one in choices}
        self.before = before
        named = [(str(one.id), one.name) for one in choices]
        self.choose_from("organisation", named if before else [("", _("Choose one")), *named])
        if not any(one.is_police for one in choices):
            del self.fields["is_named_by_her"]
        if before is None:
            del self.fields["is_over"]
        else:
            # What was said stays of the same organisation: another one is another part.
            of = str(before.organisation_id)
            self.choose_from("organisation", [pair for pair in named if pair[0] == of])

    def clean_since(self) -> date | None:
        day: date | None = self.cleaned_data["since"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("This day is to come: what comes next is below."))
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        choice = self.choices.get(said.get("organisation", ""))
        decision = policy.can_name(
            is_police=bool(choice and choice.is_police),
            is_named_by_her=bool(said.get("is_named_by_her")),
        )
        if not decision:
            self.add_error("organisation", decision.reason)
        return said

    @staticmethod
    def values_of(part: Part) -> dict[str, Any]:
        """What an opened one says, to be said anew."""
        return {
            "on": part.number,
            "organisation": str(part.organisation_id),
            "what": part.opened.what,
            "person": part.opened.person,
            "since": part.since_on,
            "next_step": part.opened.next_step,
            "next_on": part.next_on,
            "is_asked": part.asked_on is not None,
            "is_named_by_her": part.is_named_by_her,
            "is_shown": part.is_read_there,
        }

    def typed(self) -> dict[str, Any]:
        """What was typed, to be shown again beside what somebody else wrote."""
        said = self.cleaned_data
        return {name: said[name] for name in self.fields if name not in {"form_id", "on"}}

    def said(self) -> Said:
        """The valid answers, as the action takes them."""
        said, today = self.cleaned_data, clock.today()
        asked = (self.before.asked_on if self.before else None) or today
        ended = (self.before.ended_on if self.before else None) or today
        return Said(
            id=self.record_id,
            organisation_id=UUID(said["organisation"]),
            what=said["what"],
            person=said["person"],
            next_step=said["next_step"],
            since_on=said["since"],
            next_on=said["next_on"],
            asked_on=asked if said["is_asked"] else None,
            ended_on=ended if said.get("is_over") else None,
            is_named_by_her=bool(said.get("is_named_by_her")),
            is_shown=bool(said["is_shown"]),
            on=said["on"],
        )


class NextForm(Form):
    """At a partner's: what comes next in its own part."""

    next_step = TextField(
        label=_("What comes next?"),
        hint=_("In words that can be read to them: the person and their worker read it."),
        max_length=200,
    )
    next_on = DayField(label=_("On which day?"), required=False)
