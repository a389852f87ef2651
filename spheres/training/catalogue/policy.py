"""Who reads what is taught, who keeps what serves to teach it, and who says who teaches?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.training.catalogue.models import TEACHING


def can_look(actor: Actor) -> Decision:
    """All who work in the programme read its catalogue: it speaks of nobody."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_keep_material(actor: Actor) -> Decision:
    """Whoever coordinates or trains keeps what serves to teach, and its next versions."""
    if not actor.has(*TEACHING):
        return no(_("Those who coordinate or train keep what serves to teach."))
    return yes()


def can_say_own(actor: Actor) -> Decision:
    """Whoever works in the programme says what they teach themselves."""
    return can_look(actor)


def can_say_outside(actor: Actor) -> Decision:
    """The coordination says which outside organisations teach, and names nobody there."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The coordination says which outside organisations teach."))
    return yes()


def can_confirm(actor: Actor, *, waits: bool) -> Decision:
    """The coordination confirms what somebody said that they teach."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The coordination confirms who teaches."))
    return yes() if waits else no(_("Nothing waits to be confirmed here."))
