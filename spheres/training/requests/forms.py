"""What is asked of whoever wants to be trained, and what may be answered?"""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.records.forms import LookingForm
from spheres.regions import queries as regions
from spheres.training.catalogue import queries as catalogue
from spheres.training.catalogue.models import Language
from spheres.training.requests.actions import Sent
from spheres.training.requests.models import Answer, TrainingRequest
from spheres.training.requests.queries import ENVIRONMENTS
from spheres.ui.fields import (
    ChecksField,
    DayField,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
)
from spheres.ui.forms import Form

UNKNOWN: Final = "-"  # no topic

Outcome = Answer.Outcome
NEEDS_WORDS: Final = {
    Outcome.OTHERWISE: _("Say which other way: another day, another topic, an evening online."),
    Outcome.NO: _("Say whom they may turn to."),
}


class RequestQuestions(Form):
    """Who asks, for whom, what is needed, when and where. No young person is named."""

    LOOKED_AT = ("group", "needs", "dates")

    environment = SelectField(label=_("What kind of environment are you?"))
    organisation = TextField(label=_("Name of the organisation"), max_length=160)
    people = NumberField(
        label=_("About how many people?"), min_value=1, max_value=2_000, width="short"
    )
    group = LongTextField(
        label=_("Which roles or teams?"),
        hint=_("For example: teachers and educators of a secondary school. No name is needed."),
        max_length=1_000,
        rows=2,
    )
    topics = ChecksField(label=_("About which topics?"), required=False)
    needs = LongTextField(
        label=_("What you need, in general terms"),
        hint=_("Never a young person’s name, nor a detail by which one could be recognised."),
        max_length=3_000,
        rows=4,
    )
    dates = TextField(
        label=_("Which days or weeks suit you?"),
        hint=_("For example: a Thursday afternoon in February or March."),
        max_length=300,
    )
    place = RadiosField(label=_("Where?"), choices=TrainingRequest.Place.choices)
    where = TextField(label=_("In which town or neighbourhood?"), max_length=160, required=False)
    language = RadiosField(label=_("In which language?"), choices=Language.choices)
    reach = TextField(
        label=_("Where and when to answer you"),
        hint=_("Your name, a phone number or an e-mail at work, and the hours that suit you."),
        max_length=300,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("environment", [("", _("Choose")), *regions.choices(ENVIRONMENTS)])
        self.choose_from("topics", [*catalogue.choices(), (UNKNOWN, _("We do not know yet"))])

    def clean_reach(self) -> str:
        reach = str(self.cleaned_data["reach"])
        if "@" not in reach and sum(character.isdigit() for character in reach) < 7:
            raise ValidationError(_("Write a whole phone number or e-mail address."))
        return reach

    def sent(self, number: str) -> Sent:
        """The valid answers, as the action takes them."""
        said = self.cleaned_data
        names = (
            "environment", "organisation", "people", "group", "needs", "dates", "place", "where",
            "language", "reach",
        )  # fmt: skip
        return Sent(
            id=self.record_id,
            number=number,
            said_in=get_language() or "fr",
            topics=[one for one in said["topics"] if one != UNKNOWN],
            **{name: said[name] for name in names},
        )


class WriteForm(LookingForm, RequestQuestions):
    """The same, written down by a colleague to whom an organisation said it."""

    texts = RequestQuestions.LOOKED_AT


class AnswerForm(LookingForm):
    """Yes with a day, another way, not this time with whom to turn to; then that it is agreed."""

    texts = ("words",)

    outcome = RadiosField(label=_("What do you answer?"), choices=Outcome.choices)
    proposed_on = DayField(
        label=_("Which day?"),
        hint=_("For a yes, or for a day that is agreed."),
        required=False,
    )
    words = LongTextField(
        label=_("What you add"),
        hint=_("It goes in the letter as you write it. Name no young person."),
        max_length=3_000,
        required=False,
        rows=4,
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        outcome, day = said.get("outcome"), said.get("proposed_on")
        if outcome in Answer.DATED and "proposed_on" in said and day is None:
            self.add_error("proposed_on", _("Say which day."))
        if outcome in Answer.DATED and day is not None and day < clock.today():
            self.add_error("proposed_on", _("This day has passed: say one that comes."))
        if outcome in NEEDS_WORDS and "words" in said and not said["words"]:
            self.add_error("words", NEEDS_WORDS[outcome])
        return said
