"""What is asked of somebody who writes about a young person, with her agreement?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.admission.forms import ABOUT_THEM, NOT_YET, UNDECIDED, YES, AboutThem, Part
from spheres.followup.admission.models import Referral
from spheres.outreach.heard import actions as heard
from spheres.outreach.heard.models import Heard
from spheres.public.forms.advice import AdviceForm
from spheres.public.forms.contact import ContactForm
from spheres.regions import queries as regions
from spheres.ui.fields import AgreeField, RadiosField, TextField


class OthersForm(ContactForm, AboutThem):
    """The same questions, asked of somebody who writes about a young person."""

    LOOK_AT = ("chosen_name", "hours", "wish", "urgent_words")


class ReferralForm(OthersForm):
    """A professional refers a young person who knows of it."""

    SOURCE = Referral.Source.PROFESSIONAL
    PARTS = (
        Part(
            "you",
            _("You"),
            ("referrer_name", "referrer_role", "referrer_organisation", "referrer_contact"),
        ),
        Part("aware", _("Their agreement"), ("aware", "obligation")),
        *ABOUT_THEM,
        Part("heard", _("One last question, about us"), ("heard",)),
    )

    referrer_name = TextField(label=_("Your name"), max_length=80, width="half")
    referrer_role = TextField(
        label=_("Your role"),
        hint=_("For example: psychoeducator, nurse, teacher."),
        max_length=80,
        width="half",
    )
    referrer_organisation = TextField(label=_("Your organisation"), max_length=120, width="half")
    referrer_contact = TextField(
        label=_("Your work phone or e-mail"),
        hint=_("To acknowledge, or to clear something up."),
        max_length=120,
        width="half",
    )
    aware = RadiosField(
        label=_("Does the person know about this referral, and agree to it?"),
        choices=[
            (YES, _("They know and agree")),
            (UNDECIDED, _("They know and are still unsure")),
            (NOT_YET, _("Not yet: I would like advice first")),
        ],
    )
    obligation = AgreeField(
        label=_("They are being required to come (court, school, youth protection measure)"),
        required=False,
    )

    heard = RadiosField(
        label=_("How did you hear of the programme?"),
        hint=_(
            "You can leave it. The answer is not kept with this referral: it is counted with those "
            "of the same three months, and nothing ties it to you or to the person."
        ),
        choices=Heard.How.choices,
        required=False,
    )

    def beside(self, *, desk: UUID, by: Actor, at: datetime) -> Callable[[], None] | None:
        how = self.cleaned_data["heard"]
        return partial(heard.say, how, desk=desk, by=by, at=at) if how else None

    def clean_referrer_contact(self) -> str:
        contact = str(self.cleaned_data["referrer_contact"])
        if "@" not in contact and sum(character.isdigit() for character in contact) < 7:
            raise ValidationError(_("Write a whole phone number or e-mail address."))
        return contact

    @property
    def is_not_yet(self) -> bool:
        return bool(self.data.get("aware") == NOT_YET)

    @property
    def states_an_obligation(self) -> bool:
        return bool(self.data.get("obligation"))

    def as_advice(self) -> AdviceForm:
        """Advice instead: what was typed of the young person stays behind, but for her age."""
        typed = self.typed()
        role = ", ".join(filter(None, (typed["referrer_role"], typed["referrer_organisation"])))
        return AdviceForm(
            initial={
                "age_band": typed["age_band"],
                "worries": typed["wish"],
                "role": role,
                "reach": typed["referrer_contact"],
            }
        )

    def referrer(self) -> dict[str, str]:
        names = self.PARTS[0].names
        return {name: self.cleaned_data[name] for name in names}


class RelativeForm(OthersForm):
    """A parent, or someone close, leaves a referral because the young person asked them to."""

    SOURCE = Referral.Source.RELATIVE
    PARTS = (
        Part("aware", _("Their agreement"), ("knows",)),
        Part("you", _("You"), ("relation", "referrer_name", "referrer_contact")),
        *ABOUT_THEM,
    )

    knows = RadiosField(
        label=_("Does this person know that you are writing to us, and agree to it?"),
        choices=[
            (YES, _("Yes, they know and agree")),
            (NOT_YET, _("No, or I am not sure")),
        ],
    )
    relation = RadiosField(label=_("You are"))
    referrer_name = TextField(
        label=_("The name you want us to use for you"), max_length=80, width="half"
    )
    referrer_contact = TextField(
        label=_("A phone number or e-mail for you"),
        hint=_("Only if you want us to be able to write back to you."),
        max_length=120,
        required=False,
        width="half",
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from(
            "relation",
            [(code, regions.label("referrer_roles", code)) for code in ("parent", "relative")],
        )

    @property
    def is_not_agreed(self) -> bool:
        return bool(self.data.get("knows") == NOT_YET)

    def referrer(self) -> dict[str, str]:
        said = self.cleaned_data
        return {
            "referrer_name": said["referrer_name"],
            "referrer_role": regions.label("referrer_roles", said["relation"]),
            "referrer_contact": said["referrer_contact"],
        }
