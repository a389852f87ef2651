"""Who reads the library, and who says whether a link still opens?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.partners.library.models import LOOKING


def can_look(actor: Actor) -> Decision:
    """All who work in the programme read its library: it speaks of nobody."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_check(actor: Actor) -> Decision:
    """Whoever coordinates, leads, teaches, supports or does research says if a link opens."""
    if not actor.has(*LOOKING):
        return no(_("Those who coordinate, lead, teach, support or do research look at the links."))
    return yes()
