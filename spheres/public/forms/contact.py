"""What do the three public ways in share, beside the questions: one referral at the desk?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.admission import actions as admission
from spheres.followup.admission.forms import ContactQuestions
from spheres.public.forms.parts import PublicForm


class ContactForm(PublicForm, ContactQuestions):
    """A public form that leaves a referral."""

    def leave(self, *, desk: UUID, by: Actor, at: datetime) -> None:
        """One referral at the coordination's desk, however often it is sent."""
        once = self.beside(desk=desk, by=by, at=at)
        admission.refer(self.sent(), desk=desk, by=by, at=at, once=once)

    def beside(self, *, desk: UUID, by: Actor, at: datetime) -> Callable[[], None] | None:
        """What is done once with the referral, and is not kept with it."""
        return None
