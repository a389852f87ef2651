"""What is asked of a professional who wants advice, names nobody, and comes back with a code?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.admission.forms import AGES, Part
from spheres.followup.worrying.queries import WHO
from spheres.public.forms.parts import PublicForm
from spheres.records.naming import identifiers, vignettes
from spheres.regions import queries as regions
from spheres.regions.queries import Keeping
from spheres.ui.fields import LongTextField, RadiosField, TextField
from spheres.worker_support.intervention_support import actions as support
from spheres.worker_support.intervention_support.models import (
    AdviceFeedback,
    AdviceRequest,
    AdviceStanding,
    Way,
)

ALONE, TEAM = "alone", "team"
Answer = AdviceFeedback.Answer
NAMED: Final = _(
    "“%(words)s” names somebody, so nothing was sent. You need name nobody to be advised: write "
    "“a young person” instead. All the rest is still below."
)


class NamingNobody(PublicForm):
    """A form in whose words nobody may be recognised, looked at as a committee's vignettes are."""

    def findings(self) -> list[identifiers.Finding]:
        places = regions.local_names()
        return [
            finding
            for name in self.LOOK_AT
            for finding in vignettes.look_closely(self.cleaned_data.get(name, ""), places=places)
        ]

    def clean(self) -> dict[str, Any]:
        """A full name is kept by no request: it is refused, kindly, and nothing typed is lost."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.LOOK_AT:
            for words in vignettes.identities(said.get(name, "")):
                self.add_error(name, ValidationError(NAMED, params={"words": words}))
        return said


class AdviceForm(NamingNobody):
    """A professional asks for advice about someone who is not named."""

    LOOK_AT = ("worries", "tried")
    COUNTED = ("advice", "advice_day", "advice_everywhere")
    PARTS = (
        Part("age", _("Their age"), ("age_band",)),
        Part("worries", _("What worries you"), ("worries", "tried")),
        Part("you", _("You"), ("role", "category", "asks_for")),
        Part("answer", _("How to answer you"), ("answer_by", "reach")),
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
    category = RadiosField(
        label=_("Which of these are you?"),
        hint=_("The law does not ask the same of everybody."),
        choices=list(WHO.items()),
    )
    asks_for = RadiosField(
        label=_("For whom is the advice?"),
        choices=[(ALONE, _("For me")), (TEAM, _("For my whole team"))],
    )
    answer_by = RadiosField(
        label=_("How should we answer?"),
        hint=_(
            "By e-mail, we write only that an answer waits: you read it here with your code. By "
            "telephone, nothing of what was said is kept."
        ),
        choices=Way.choices,
    )
    reach = TextField(
        label=_("Your phone number or e-mail, and the hours that suit you"),
        hint=_("Leave it empty if you come back with your code."),
        max_length=200,
        required=False,
        width="half",
    )

    @property
    def code(self) -> str:
        return support.code_of(self.record_id)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        way, reach = said.get("answer_by"), said.get("reach", "")
        if way == Way.PHONE and sum(character.isdigit() for character in reach) < 7:
            self.add_error("reach", _("Write a whole phone number."))
        if way == Way.MAIL and "@" not in reach:
            self.add_error("reach", _("Write a whole e-mail address."))
        return said

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
                reach="" if said["answer_by"] == Way.CODE else said["reach"],
                category=said["category"],
                way=said["answer_by"],
                is_team=said["asks_for"] == TEAM,
                says_nobody=bool(self.findings()),
            ),
            desk=desk,
            by=by,
            at=at,
        )


class AdviceCodeForm(PublicForm):
    """The code of a receipt, and nothing else."""

    PARTS = (Part("code", _("The code of your receipt"), ("advice_code",)),)

    advice_code = TextField(
        label=_("The code of your receipt"),
        hint=_("Twelve letters and figures, in three groups."),
        max_length=40,
        width="half",
    )

    @property
    def keeping(self) -> Keeping:
        """How long the region keeps what is asked."""
        rules = regions.retention_rules()
        return next(rule for rule in rules if rule.code == AdviceStanding.KEEP)

    def read_id(self) -> None:
        """It makes nothing: any page of ours may carry the code, an old one too."""


class AskMoreForm(NamingNobody):
    """One more word of the professional's, under the same code."""

    LOOK_AT = ("words",)
    PARTS = (Part("words", _("Write again"), ("words",)),)

    words = LongTextField(
        label=_("What would you like to add or ask?"),
        hint=_("No name, no place, no detail by which someone could recognise them."),
        max_length=3_000,
        rows=4,
    )


class HowItWasForm(PublicForm):
    """Two questions, of nobody in particular."""

    PARTS = (Part("how", _("Two questions"), ("clearer", "equipped")),)

    clearer = RadiosField(label=_("Do you see more clearly what to do?"), choices=Answer.choices)
    equipped = RadiosField(
        label=_("Do you feel better equipped to be present to this person?"),
        choices=Answer.choices,
    )

    def read_id(self) -> None:
        """Counted once under one code, whatever page carried it."""
