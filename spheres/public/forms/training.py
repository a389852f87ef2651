"""What is asked of somebody from outside who comes to a training, leaves it, or is in the room?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.followup.admission.forms import Part
from spheres.public.forms.parts import PublicForm
from spheres.training.sessions import queries
from spheres.training.sessions.actions import FromOutside
from spheres.training.sessions.forms import clean_reach
from spheres.ui.fields import AgreeField, SelectField, TextField

REACH_AGAIN = _("The one you gave when you enrolled.")


class ReachForm(PublicForm):
    """The address or the number by which somebody is known on the list."""

    COUNTED = ("training", "training_day")

    reach = TextField(
        label=_("Your e-mail address or phone number"), hint=REACH_AGAIN, max_length=200
    )

    def clean_reach(self) -> str:
        return clean_reach(str(self.cleaned_data["reach"]))


class EnrolForm(ReachForm):
    """Who comes: as little as a list needs."""

    PARTS = (
        Part("you", _("You"), ("name", "reach")),
        Part("work", _("Where you work"), ("place", "environment", "region")),
        Part("list", _("The list"), ("agrees",)),
    )

    name = TextField(label=_("Your name"), max_length=120, width="half")
    reach = TextField(
        label=_("Your e-mail address or phone number"),
        hint=_("For practical words only: the room, a change of day."),
        max_length=200,
    )
    place = TextField(label=_("Your organisation"), max_length=160, width="half")
    environment = SelectField(label=_("Your environment"), width="half")
    region = SelectField(label=_("Your region"), width="half", required=False)
    agrees = AgreeField(
        label=_("I agree that my name be on the list, for those who teach and coordinate.")
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("environment", [("", _("Choose")), *queries.environments()])
        self.choose_from("region", [("", _("Not said")), *queries.of_quebec()])

    def said(self) -> FromOutside:
        said = self.cleaned_data
        return FromOutside(
            said["name"], said["place"], said["environment"], get_language() or "fr",
            said["reach"], said["region"],
        )  # fmt: skip


class LeaveForm(ReachForm):
    """I do not come any more."""

    PARTS = (Part("you", _("You"), ("reach",)),)


class HereForm(ReachForm):
    """I am in the room."""

    PARTS = (Part("you", _("In the room"), ("room_code", "reach")),)

    room_code = TextField(
        label=_("The code shown in the room"),
        hint=_("Six figures."),
        max_length=12,
        width="short",
    )

    field_order = ("room_code", "reach")

    def read_id(self) -> None:
        """It makes nothing twice: any page of ours may carry it, an old one too."""
