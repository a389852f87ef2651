"""What is asked of her, when she writes for herself?"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.admission import actions as admission
from spheres.followup.admission.forms import AGES, CONTACT, NO_YES, TONGUES, WAITS, Part
from spheres.followup.admission.models import Referral
from spheres.followup.questions import actions as questions
from spheres.public.forms.contact import ContactForm
from spheres.regions import queries as regions
from spheres.ui.fields import LongTextField, RadiosField, TextField


class SelfForm(ContactForm):
    """She writes for herself: six short questions, and nobody to convince."""

    SOURCE = Referral.Source.HERSELF
    PARTS = (
        Part("name", _("About you"), ("chosen_name", "pronouns")),
        Part("age", _("Your age"), ("age_band",)),
        Part("language", _("Your language"), ("language", "interpreter")),
        Part("contact", _("Getting in touch safely"), CONTACT),
        Part("wish", _("What would help"), ("wish",)),
        Part("urgent", _("The next two days"), ("urgent", "urgent_words")),
    )

    chosen_name = TextField(
        label=_("What should we call you?"),
        hint=_(
            "A first name, a nickname, whatever you like. It does not have to be your real name."
        ),
        max_length=80,
        width="half",
    )
    pronouns = TextField(label=_("Your pronouns"), max_length=40, required=False, width="half")
    age_band = RadiosField(label=_("How old are you?"), choices=AGES)
    language = RadiosField(label=_("Which language feels best?"), choices=TONGUES)
    interpreter = TextField(
        label=_("Which other language, or help from an interpreter?"),
        max_length=120,
        required=False,
        width="half",
    )
    channel = RadiosField(
        label=_("What do you prefer?"),
        choices=[
            ("text", _("By text")),
            ("call", _("By phone call")),
            ("in_person", _("Meet somewhere")),
            (WAITS, _("I will come back here, with a code: no phone needed")),
        ],
    )
    reach = TextField(
        label=_("Your number, or the place where you want to meet"),
        hint=_("Leave it empty if you come back with a code."),
        max_length=160,
        width="half",
    )
    hours = TextField(
        label=_("When is it safe?"),
        hint=_("A day, an hour, “after school”. “I don’t know” works too."),
        max_length=200,
        width="half",
    )
    words = TextField(
        label=_("What can we say, and who should we say we are?"),
        hint=_("Something nobody would notice. For example: “Coffee this week?”, signed “Sam”."),
        max_length=300,
        required=False,
    )
    never = TextField(
        label=_("What must we never do?"),
        hint=_("For example: leave a voice message, call in the evening."),
        max_length=300,
        required=False,
    )
    wish = LongTextField(
        label=_("What would help first?"),
        hint=_("One sentence is enough, or none. No need to tell what happened."),
        max_length=1_000,
        required=False,
        rows=3,
    )
    urgent = RadiosField(
        label=_("Is there something that cannot wait two days?"),
        hint=_("For example: a place to sleep, a medicine, something to eat."),
        choices=NO_YES,
    )
    urgent_words = TextField(label=_("If yes, what?"), max_length=300, required=False)

    def __init__(self, *args: Any, **others: Any) -> None:
        super().__init__(*args, **others)
        self.fields["interpreter"].help_text = regions.text("form.interpreter_help")

    @property
    def comes_back(self) -> bool:
        """She left no way to reach her: a code brings her back to the answer."""
        return bool(self.data.get("channel") == WAITS)

    @property
    def code(self) -> str:
        return questions.code_of(self.record_id)

    def leave(self, *, desk: UUID, by: Actor, at: datetime) -> None:
        """One referral; and the thread that waits for her, when she comes back with a code."""
        super().leave(desk=desk, by=by, at=at)
        if self.comes_back:
            questions.wait_here(
                self.record_id,
                admission.file_of(self.record_id),
                language=get_language() or "fr",
                by=by,
                at=at,
            )
