"""Who gives the trainer’s kit to another region?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.training.catalogue.models import TEACHING


def can_take(actor: Actor) -> Decision:
    """Whoever coordinates or trains: they wrote what is in it, and it speaks of nobody."""
    if not actor.has(*TEACHING):
        return no(_("Those who coordinate or train give the trainer’s kit to another region."))
    return yes()
