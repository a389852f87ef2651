"""Who looks at where she stands, and who reads what all said together?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.worker_support.competencies.models import LOOKING, TOLD


def can_enter(actor: Actor) -> Decision:
    """Those who look at where they stand, and those who read what all said together."""
    return can_look(actor) or can_read(actor)


def can_look(actor: Actor) -> Decision:
    """Those who accompany people, those who lead them and those who support them: each for herself
    alone."""
    if not actor.has(*LOOKING):
        return no(_("This page is for those who accompany people, and for those who lead them."))
    return yes()


def can_read(actor: Actor) -> Decision:
    """The coordination and research read, of half-years that are over, how many do something at
    ease: in words, from eight people on, of no organisation."""
    if not actor.has(*TOLD):
        return no(_("The coordination and research are told how many."))
    return yes()
