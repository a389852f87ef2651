"""Who finds a colleague, and who offers to be reached?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes


def can_look(actor: Actor) -> Decision:
    """All who work at a partner of the programme find whoever offers to be reached."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_offer(actor: Actor) -> Decision:
    """All who work at a partner offer to be reached, each for herself, and withdraw it at once."""
    return can_look(actor)
