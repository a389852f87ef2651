"""What is asked of a professional who wants advice, and names nobody?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.admission.forms import AGES, Part
from spheres.public.forms.parts import PublicForm
from spheres.ui.fields import LongTextField, RadiosField, TextField
from spheres.worker_support.intervention_support import actions as support
from spheres.worker_support.intervention_support.models import AdviceRequest


class AdviceForm(PublicForm):
    """A professional asks for advice about someone who is not named."""

    LOOK_AT = ("worries", "tried")
    PARTS = (
        Part("age", _("Their age"), ("age_band",)),
        Part("worries", _("What worries you"), ("worries", "tried")),
        Part("you", _("How to answer you"), ("role", "reach")),
    )

    age_band = RadiosField(
        label=_("How old are they?"),
        choices=[*AGES, (AdviceRequest.AgeBand.UNKNOWN, _("I don’t know"))],
    )
    worries = LongTextField(
        label=_("What worries you, in general terms"),
        hint=_("No name, no place, no detail by which someone could recognise them."),
        max_length=3_000,
        rows=4,
    )
    tried = LongTextField(
        label=_("What you have already tried"), max_length=3_000, required=False, rows=3
    )
    role = TextField(
        label=_("Your role"),
        hint=_("For example: social worker in a hospital. Your name is not needed here."),
        max_length=120,
        width="half",
    )
    reach = TextField(
        label=_("Where and when to answer you"),
        hint=_("A phone number or an e-mail, and the hours that suit you."),
        max_length=200,
        width="half",
    )

    def clean_reach(self) -> str:
        reach = str(self.cleaned_data["reach"])
        if "@" not in reach and sum(character.isdigit() for character in reach) < 7:
            raise ValidationError(_("Write a whole phone number or e-mail address."))
        return reach

    def leave(self, *, desk: UUID, by: Actor, at: datetime) -> None:
        """One request for advice at the coordination's desk."""
        said = self.cleaned_data
        support.ask(
            support.Asked(
                id=self.record_id,
                number=self.number,
                age_band=said["age_band"],
                language=get_language() or "fr",
                worries=said["worries"],
                tried=said["tried"],
                role=said["role"],
                reach=said["reach"],
            ),
            desk=desk,
            by=by,
            at=at,
        )
