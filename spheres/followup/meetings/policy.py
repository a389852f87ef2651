"""Who may plan a meeting, move it, say what became of it; and when?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.meetings.models import ANSWERS, CANCELLED, MeetingStatus

Status = MeetingStatus.Status

WORKERS: Final = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)
# How far ahead one plans, and for how long one is asked what became of a meeting.
FARTHEST: Final = timedelta(days=366)
ASKED_FOR: Final = timedelta(days=30)


def can_write(actor: Actor) -> Decision:
    """Her workers plan with her; the database knows which files are theirs."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers plan meetings, with them."))
    return yes()


def can_plan(actor: Actor, *, has_died: bool) -> Decision:
    """Nothing is planned any more with somebody who has died."""
    if not (allowed := can_write(actor)):
        return allowed
    if has_died:
        return no(_("This person has died: nothing is planned any more."))
    return yes()


def can_move(actor: Actor, now: str, *, has_died: bool) -> Decision:
    """Any of her workers moves what is still planned; what it was before stays readable."""
    if not (allowed := can_plan(actor, has_died=has_died)):
        return allowed
    if now != Status.PLANNED:
        return no(_("What became of this meeting has been said already."))
    return yes()


def can_answer(actor: Actor, now: str, to: str, *, starts_at: datetime, at: datetime) -> Decision:
    """Any of her workers says it: cancelled at any time, held or missed from the day itself on."""
    if not (allowed := can_write(actor)):
        return allowed
    if to not in ANSWERS or now != Status.PLANNED:
        return no(_("What became of this meeting has been said already."))
    if to not in CANCELLED and clock.day_of(starts_at) > clock.day_of(at):
        return no(_("This day has not come yet."))
    return yes()


def can_take_back(actor: Actor, now: str) -> Decision:
    """An answer given by mistake is taken back by any of her workers; a move is not."""
    if not (allowed := can_write(actor)):
        return allowed
    if now not in ANSWERS:
        return no(_("There is no answer to take back."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What the page of one meeting offers."""

    move: Decision
    tell: Decision  # that it took place, or was missed
    cancel: Decision
    take_back: Decision


def buttons(
    actor: Actor, now: str, *, starts_at: datetime, has_died: bool, at: datetime
) -> Buttons:
    return Buttons(
        move=can_move(actor, now, has_died=has_died),
        tell=can_answer(actor, now, Status.HELD, starts_at=starts_at, at=at),
        cancel=can_answer(actor, now, Status.CANCELLED_HERS, starts_at=starts_at, at=at),
        take_back=can_take_back(actor, now),
    )
