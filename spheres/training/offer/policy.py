"""Who reads the yearly offer, and who draws it up?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.training.offer.models import DRAWING_UP


def can_look(actor: Actor) -> Decision:
    """All who work in the programme read its offer, and so does anybody on the public site."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_draw_up(actor: Actor) -> Decision:
    """The coordination draws up the offer of a year."""
    if not actor.has(*DRAWING_UP):
        return no(_("The coordination draws up the offer of a year."))
    return yes()
