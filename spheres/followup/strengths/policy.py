"""Who may add a line to her strengths, correct one, set one aside?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.strengths.models import Strength, StrengthStatus, Voice

Status = StrengthStatus.Status


def can_write(actor: Actor) -> Decision:
    """Workers write in the files they are assigned to; the database knows which."""
    if not actor.has(Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT):
        return no(_("Only the person’s workers write here."))
    return yes()


def can_keep(actor: Actor, voice: str, agreed_on: date | None) -> Decision:
    """What a worker noticed is hers only once she agreed, some day, that it stands there."""
    if not (may := can_write(actor)):
        return may
    if voice == Voice.WORKER and agreed_on is None:
        return no(_("What you noticed stands here only if they agree."))
    return yes()


def can_correct(actor: Actor, record: Strength, status: str) -> Decision:
    """Only its author corrects it, and once: the correction is corrected in its turn."""
    if record.written_by != actor.user_id:
        return no(_("Only its author can correct this."))
    if status == Status.CORRECTED:
        return no(_("This has already been corrected."))
    if status == Status.SET_ASIDE:
        return no(_("It is set aside for now: take it up again first."))
    return yes()


def can_move(actor: Actor, now: str, to: str) -> Decision:
    """Any of the person’s workers notes, with them, that it is not for now, or is again."""
    if not (may := can_write(actor)):
        return may
    if to == Status.CORRECTED or to not in StrengthStatus.MOVES[Status(now)]:
        return no(_("It stands there already."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What the page of one line offers."""

    correct: Decision
    set_aside: Decision
    take_up: Decision


def buttons(actor: Actor, record: Strength) -> Buttons:
    now = record.standing.status
    return Buttons(
        correct=can_correct(actor, record, now),
        set_aside=can_move(actor, now, Status.SET_ASIDE),
        take_up=can_move(actor, now, Status.SIGNED),
    )
