"""Who keeps a line on support between colleagues, and who is told how many?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.worker_support.informal_support.models import TOLD


def can_note(actor: Actor) -> Decision:
    """All who work in the programme, each for herself alone."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_count(actor: Actor) -> Decision:
    """The coordination and research are told how many lines in a quarter that is over, from enough
    people: never whose, nor of which organisation."""
    if not actor.has(*TOLD):
        return no(_("The coordination and research are told how many."))
    return yes()
