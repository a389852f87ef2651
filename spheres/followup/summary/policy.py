"""Who may write on her page, and when is it full?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.summary.models import MOST_LINES

WORKERS: Final = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)


def can_write(actor: Actor) -> Decision:
    """Her workers write with her; the database knows which files are theirs."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write on this page, with them."))
    return yes()


def can_add(actor: Actor, lines: int) -> Decision:
    """One page at most: another line when fewer than twelve stand."""
    if not (allowed := can_write(actor)):
        return allowed
    if lines >= MOST_LINES:
        return no(_("The page is full: twelve lines. Change one, or take one off."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What the page offers."""

    write: Decision
    add: Decision


def buttons(actor: Actor, lines: int) -> Buttons:
    return Buttons(write=can_write(actor), add=can_add(actor, lines))
