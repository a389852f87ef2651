"""Who may let a follow-up pass from one state to another, and when is «does it fit?» asked?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.participants.models import FollowUpStatus

Status = FollowUpStatus.Status

WORKERS: Final = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)
# The door is open: she comes back without intake, and another episode begins.
DOOR_OPEN: Final = frozenset({Status.LEFT, Status.ENDED})
GOES_ON: Final = frozenset({Status.ACTIVE, Status.RETURNED, Status.TRANSITION})
ASK_EVERY: Final = timedelta(days=90)
TOLD_FOR: Final = timedelta(days=30)  # how long a death is told to those who walked with her


def can_walk_with_her(actor: Actor, *, keeps: bool = False) -> Decision:
    """Her workers; the database knows which files are theirs.

    In a file that began with her psychotherapist, that person too (`keeps`).
    """
    if not (keeps or actor.has(*WORKERS)):
        return no(_("Only the person’s workers do this, with them."))
    return yes()


def can_pass(actor: Actor, now: str, to: str, *, keeps: bool = False) -> Decision:
    """One step, without a reason to give; what the table of moves allows."""
    if not (allowed := can_walk_with_her(actor, keeps=keeps)):
        return allowed
    if to not in FollowUpStatus.MOVES[now]:
        return no(_("This has changed since the page was shown. Look at it again."))
    return yes()


def can_come_back(actor: Actor, now: str, *, keeps: bool = False) -> Decision:
    """Whoever left, or closed, comes back when she wants; nothing is asked of her again."""
    if not (allowed := can_walk_with_her(actor, keeps=keeps)):
        return allowed
    if now not in DOOR_OPEN:
        return no(_("This follow-up goes on: there is nothing to come back to."))
    return yes()


def can_note_death(actor: Actor, now: str, *, keeps: bool = False) -> Decision:
    """Whoever walked with her notes it; the rest of her team is told with care."""
    return can_pass(actor, now, Status.DIED, keeps=keeps)


def can_close(actor: Actor, now: str, *, keeps: bool = False) -> Decision:
    """Together, with a letter to her."""
    return can_pass(actor, now, Status.ENDED, keeps=keeps)
