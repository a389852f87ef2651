"""What is asked of an outside organisation that wants its team trained?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.admission.forms import Part
from spheres.public.forms.asking import CodeForm
from spheres.public.forms.parts import PublicForm
from spheres.regions import queries as regions
from spheres.training.catalogue import queries as catalogue
from spheres.training.catalogue.models import Language
from spheres.training.requests import actions as training
from spheres.training.requests.models import TrainingRequest
from spheres.training.requests.queries import ENVIRONMENTS
from spheres.ui.fields import (
    ChecksField,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
)

UNKNOWN: Final = "-"  # no topic


class TrainingForm(PublicForm):
    """Who asks, for whom, what is needed, when and where. No young person is named."""

    LOOK_AT = ("group", "needs", "dates")
    COUNTED: ClassVar[tuple[str, ...]] = (
        "request", "request_day", "request_everywhere",
    )  # fmt: skip
    PARTS = (
        Part("who", _("Who asks"), ("environment", "organisation")),
        Part("group", _("Who would take part"), ("people", "group")),
        Part("needs", _("What you need"), ("topics", "needs")),
        Part("when", _("When and where"), ("dates", "place", "where", "language")),
        Part("you", _("How to answer you"), ("reach",)),
    )

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

    @property
    def keeping(self) -> regions.Keeping:
        """How long the region keeps what is written here."""
        return next(rule for rule in regions.retention_rules() if rule.code == TrainingRequest.KEEP)

    @property
    def code(self) -> str:
        """What the receipt bears, to come back to the answer."""
        return training.code_of(self.record_id)

    def clean_reach(self) -> str:
        reach = str(self.cleaned_data["reach"])
        if "@" not in reach and sum(character.isdigit() for character in reach) < 7:
            raise ValidationError(_("Write a whole phone number or e-mail address."))
        return reach

    def leave(self, *, desk: UUID, by: Actor, at: datetime) -> None:
        """One request for training at the coordination's desk."""
        said = self.cleaned_data
        names = (
            "environment", "organisation", "people", "group", "needs", "dates", "place", "where",
            "language", "reach",
        )  # fmt: skip
        sent = training.Sent(
            id=self.record_id,
            number=self.number,
            said_in=get_language() or "fr",
            topics=[one for one in said["topics"] if one != UNKNOWN],
            **{name: said[name] for name in names},
        )
        training.ask(sent, desk=desk, by=by, at=at)


class TrainingCodeForm(CodeForm):
    """The code of the receipt of a request for training, and nothing else."""

    PARTS = (Part("receipt", _("Your receipt"), ("answer_code",)),)

    answer_code = TextField(
        label=_("Code"),
        hint=_("Twelve letters and figures, in three groups."),
        max_length=40,
        width="half",
    )
