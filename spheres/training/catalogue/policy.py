"""Who reads what the programme teaches?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes


def can_look(actor: Actor) -> Decision:
    """All who work in the programme read its catalogue: it speaks of nobody."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))
