"""Who gives the trainer’s kit to another region, and looks at one that another gave?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.training.catalogue.models import TEACHING


def can_take(actor: Actor) -> Decision:
    """Whoever coordinates or trains: they wrote what is in it, and it speaks of nobody."""
    if not actor.has(*TEACHING):
        return no(_("Those who coordinate or train give the trainer’s kit to another region."))
    return yes()


def can_compare(actor: Actor) -> Decision:
    """The coordination alone: what a region teaches is decided there."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The coordination looks at the kit of another region."))
    return yes()
