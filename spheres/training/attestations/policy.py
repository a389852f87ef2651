"""Who reads who was trained, says so, and takes it back?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import FOLLOW, Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.training.attestations.models import ATTEST


def can_read_own(actor: Actor) -> Decision:
    """All who work in the programme read what they were trained in themselves."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_follow(actor: Actor) -> Decision:
    """The coordination reads it of all; whoever leads, manages or guards privacy, of theirs."""
    if not actor.has(*FOLLOW):
        return no(_("Whoever coordinates, leads or manages follows trainings."))
    return yes()


def can_coordinate(actor: Actor) -> Decision:
    """The coordination writes what was shown to it, invites, and gives papers to those outside."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The coordination of the programme does it."))
    return yes()


def can_attest(actor: Actor, user_id: UUID) -> Decision:
    """Whoever closes the list of a training, or coordinates, says it; never of themselves."""
    if not actor.has(*ATTEST):
        return no(_("Whoever gives or coordinates trainings says it."))
    if user_id == actor.user_id:
        return no(_("Somebody else says it of you."))
    return yes()


def can_take_back(actor: Actor, user_id: UUID, is_taken_back: bool) -> Decision:
    """The coordination takes back what was a mistake, once, and never of themselves."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The coordination of the programme does it."))
    if user_id == actor.user_id:
        return no(_("Somebody else says it of you."))
    if is_taken_back:
        return no(_("It is done already."))
    return yes()
