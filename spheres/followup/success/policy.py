"""Who may write down or correct what success is for her?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.success.models import Choice, ChoiceStatus


def can_write(actor: Actor) -> Decision:
    """Workers write in the files they are assigned to, and the person in their own notebook; the
    database knows which."""
    if not actor.is_participant and not actor.has(Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT):
        return no(_("Only the person’s workers write here."))
    return yes()


def can_correct(actor: Actor, record: Choice, status: str) -> Decision:
    """Only its author corrects it, and once: the correction is corrected in its turn."""
    if record.written_by != actor.user_id:
        return no(_("Only its author can correct this."))
    if status != ChoiceStatus.Status.SIGNED:
        return no(_("This has already been corrected."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What its page offers."""

    correct: Decision


def buttons(actor: Actor, record: Choice) -> Buttons:
    return Buttons(correct=can_correct(actor, record, record.standing.status))
