"""What is asked of somebody who writes about a young person, with her agreement?"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.followup.admission.models import Referral
from spheres.public.forms.advice import AdviceForm
from spheres.public.forms.contact import AGES, CONTACT, NO_YES, TONGUES, ContactForm
from spheres.public.forms.parts import Part
from spheres.regions import queries as regions
from spheres.ui.fields import AgreeField, LongTextField, RadiosField, TextField

YES, UNDECIDED, NOT_YET = "yes", "undecided", "not_yet"


class OthersForm(ContactForm):
    """The same questions, asked of somebody who writes about a young person."""

    LOOK_AT = ("chosen_name", "hours", "wish", "urgent_words")

    chosen_name = TextField(
        label=_("The first name or nickname they want used"),
        hint=_("No family name, no legal name."),
        max_length=80,
        width="half",
    )
    pronouns = TextField(
        label=_("Their pronouns, if they said them"), max_length=40, required=False, width="half"
    )
    age_band = RadiosField(label=_("How old are they?"), choices=AGES)
    language = RadiosField(label=_("The language they prefer"), choices=TONGUES)
    interpreter = TextField(
        label=_("Which other language, or what need of an interpreter"),
        hint=_("They can refuse an interpreter they are offered."),
        max_length=120,
        required=False,
        width="half",
    )
    channel = RadiosField(label=_("The way that is safe"))
    reach = TextField(
        label=_("Where: number, e-mail address or place"),
        hint=_("Only what they agreed to. Nothing if they will reach out themselves."),
        max_length=160,
        width="half",
    )
    hours = TextField(
        label=_("When it is safe"),
        hint=_("For example: weekdays, 3:30 to 5 p.m. “I don’t know” is an answer."),
        max_length=200,
        width="half",
    )
    words = TextField(
        label=_("What may be said or written, and signed how"),
        hint=_("One neutral line they chose. For example: “Coffee this week?”, signed “Sam”."),
        max_length=300,
        required=False,
    )
    never = TextField(
        label=_("What must never be done"),
        hint=_("For example: leave a voice message, call at home, write at night."),
        max_length=300,
        required=False,
    )
    wish = LongTextField(
        label=_("What they would like help with, in their words"),
        hint=_(
            "One sentence is enough, or none. Please do not describe events, "
            "and do not name anyone else."
        ),
        max_length=1_000,
        required=False,
        rows=3,
    )
    urgent = RadiosField(
        label=_("Is there anything urgent in the next 48 hours?"),
        hint=_("For example: nowhere to sleep, a medicine missing, a date that cannot move."),
        choices=NO_YES,
    )
    urgent_words = TextField(label=_("If so, what?"), max_length=300, required=False)

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.choose_from("channel", regions.choices("contact_channels"))


ABOUT_THEM = (
    Part("name", _("What to call them"), ("chosen_name", "pronouns")),
    Part("age", _("Their age"), ("age_band",)),
    Part("language", _("Language"), ("language", "interpreter")),
    Part("contact", _("Reaching them without harm"), CONTACT),
    Part("wish", _("What would help"), ("wish",)),
    Part("urgent", _("The next 48 hours"), ("urgent", "urgent_words")),
)


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
