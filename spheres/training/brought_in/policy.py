"""Who brings past trainings in, and may they be undone?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.training.brought_in.models import PastList

QUIET: Final = timedelta(minutes=1)  # nothing moved for so long: something stopped it


def can_bring(actor: Actor) -> Decision:
    """The coordination brings lists of past trainings, looks at them, and undoes them."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The coordination of the programme does it."))
    return yes()


def can_bring_in(actor: Actor, of: PastList) -> Decision:
    """What was looked at is added, once, when there is something to add."""
    if not (allowed := can_bring(actor)):
        return allowed
    if of.status != PastList.Status.READ:
        return no(_("It is done already."))
    if not of.lines:
        return no(_("No line of this list is to be added."))
    return yes()


def can_set_aside(actor: Actor, of: PastList) -> Decision:
    """A list of which nothing was added is set aside, and nothing of it stays."""
    if not (allowed := can_bring(actor)):
        return allowed
    if of.status != PastList.Status.READ:
        return no(_("What was added is undone, not set aside."))
    return yes()


def can_take_up(actor: Actor, of: PastList, *, at: datetime) -> Decision:
    """What stopped in the middle is taken up again, from the last line that was handled."""
    if not (allowed := can_bring(actor)):
        return allowed
    if not of.is_moving or at - of.moved_at < QUIET:
        return no(_("It has not stopped."))
    return yes()


def can_undo(actor: Actor, of: PastList) -> Decision:
    """All that a list added is undone, but the lines on which something stands already."""
    if not (allowed := can_bring(actor)):
        return allowed
    if of.status != PastList.Status.BROUGHT:
        return no(_("Only what was brought in is undone."))
    return yes()
