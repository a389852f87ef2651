"""What is asked of an outside organisation that wants its team trained?"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.admission.forms import Part
from spheres.public.forms.asking import CodeForm
from spheres.public.forms.parts import PublicForm
from spheres.regions import queries as regions
from spheres.training.requests import actions as training
from spheres.training.requests.forms import RequestQuestions
from spheres.training.requests.models import TrainingRequest
from spheres.ui.fields import TextField


class TrainingForm(PublicForm, RequestQuestions):
    """Who asks, for whom, what is needed, when and where. No young person is named."""

    LOOK_AT = RequestQuestions.LOOKED_AT
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

    @property
    def keeping(self) -> regions.Keeping:
        """How long the region keeps what is written here."""
        return next(rule for rule in regions.retention_rules() if rule.code == TrainingRequest.KEEP)

    @property
    def code(self) -> str:
        """What the receipt bears, to come back to the answer."""
        return training.code_of(self.record_id)

    def leave(self, *, desk: UUID, by: Actor, at: datetime) -> None:
        """One request for training at the coordination's desk."""
        training.ask(self.sent(self.number), desk=desk, by=by, at=at)


class TrainingCodeForm(CodeForm):
    """The code of the receipt of a request for training, and nothing else."""

    PARTS = (Part("receipt", _("Your receipt"), ("answer_code",)),)

    answer_code = TextField(
        label=_("Code"),
        hint=_("Twelve letters and figures, in three groups."),
        max_length=40,
        width="half",
    )
