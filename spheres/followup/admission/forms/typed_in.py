"""What does the coordination ask on the phone, at the door, or with a letter in hand?

The very questions of the public form, and how it came. Whoever does not know of it yet is not
referred: advice, without a name, is what fits.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.followup.admission import actions as admission
from spheres.followup.admission.forms.asking import (
    ABOUT_THEM,
    NOT_YET,
    UNDECIDED,
    YES,
    AboutThem,
    Part,
)
from spheres.followup.admission.models import Referral
from spheres.ui.fields import AgreeField, DayField, RadiosField, TextField

NOON = time(12)
REFERRER = ("referrer_name", "referrer_role", "referrer_organisation", "referrer_contact")
# What each source must say of itself: enough to acknowledge, and no more.
ASKED_OF = {
    Referral.Source.PROFESSIONAL: REFERRER,
    Referral.Source.RELATIVE: ("referrer_name",),
    Referral.Source.HERSELF: (),
}
NEEDED = ValidationError(_("This answer is needed to go on."), code="required")


class TypedInForm(AboutThem):
    """A referral that came by phone, at the door or by mail, typed in by the coordination."""

    PARTS = (
        Part("came", _("How it came"), ("source", "came_by", "came_on")),
        Part("you", _("Who refers them"), REFERRER),
        Part("aware", _("Their agreement"), ("aware", "obligation")),
        *ABOUT_THEM,
    )

    source = RadiosField(label=_("Who is asking?"), choices=Referral.Source.choices)
    came_by = RadiosField(
        label=_("How?"),
        choices=[
            (channel.value, channel.label)
            for channel in (
                Referral.Channel.PHONE,
                Referral.Channel.WALK_IN,
                Referral.Channel.MAIL,
            )
        ],
    )
    came_on = DayField(label=_("On which day did it come?"))
    referrer_name = TextField(
        label=_("Name"),
        hint=_("Nothing here if the young person asks for themselves."),
        max_length=80,
        required=False,
        width="half",
    )
    referrer_role = TextField(
        label=_("Role, or their tie with the young person"),
        hint=_("For example: nurse, teacher, mother."),
        max_length=80,
        required=False,
        width="half",
    )
    referrer_organisation = TextField(
        label=_("Organisation"), max_length=120, required=False, width="half"
    )
    referrer_contact = TextField(
        label=_("Phone or e-mail"),
        hint=_("To acknowledge, or to clear something up."),
        max_length=120,
        required=False,
        width="half",
    )
    aware = RadiosField(
        label=_("Does the young person know about this referral, and agree to it?"),
        choices=[
            (YES, _("They know and agree")),
            (UNDECIDED, _("They know and are still unsure")),
            (NOT_YET, _("They do not know yet")),
        ],
    )
    obligation = AgreeField(
        label=_("They are being required to come (court, school, youth protection measure)"),
        required=False,
    )

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        today = clock.today()
        field = self.fields["came_on"]
        assert isinstance(field, DayField)
        field.initial = today
        field.latest = today

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        source = said.get("source")
        if source in ASKED_OF:
            self.check_referrer(Referral.Source(source))
        contact = said.get("referrer_contact", "")
        if contact and "@" not in contact and sum(letter.isdigit() for letter in contact) < 7:
            wrong = ValidationError(_("Write a whole phone number or e-mail address."))
            self.add_error("referrer_contact", wrong)
        return said

    def check_referrer(self, source: Referral.Source) -> None:
        """Who refers is said, unless it is the young person: then nobody else is written here."""
        if source == Referral.Source.HERSELF:
            if any(self.cleaned_data.get(name) for name in REFERRER):
                self.add_error(
                    "source",
                    ValidationError(
                        _("Somebody else is written below: change this answer, or erase them.")
                    ),
                )
            return
        for name in ASKED_OF[source]:
            if not self.cleaned_data.get(name) and not self.has_error(name):
                self.add_error(name, NEEDED)

    @property
    def is_not_yet(self) -> bool:
        return bool(self.data.get("aware") == NOT_YET)

    @property
    def states_an_obligation(self) -> bool:
        return bool(self.data.get("obligation"))

    @property
    def gives_code(self) -> bool:
        """The code is for whoever refers: her own phone may be watched."""
        return bool(self.cleaned_data["source"] != Referral.Source.HERSELF)

    def referrer(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in REFERRER}

    def sent(self) -> admission.Sent:
        said = self.cleaned_data
        return replace(super().sent(), source=said["source"], channel=said["came_by"])

    def came_at(self) -> datetime | None:
        """Today, now; an earlier day, at noon: nobody wrote down the hour of a letter."""
        day = self.cleaned_data["came_on"]
        if day == clock.today():
            return None
        return datetime.combine(day, NOON, ZoneInfo(settings.TIME_ZONE))
