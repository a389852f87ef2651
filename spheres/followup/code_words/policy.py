"""Who may look for a person by her code word?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing.rules import WORKERS


def can_hear(actor: Actor) -> Decision:
    """Whoever accompanies people hears the word; in which files it counts, the database says."""
    if not actor.has(*WORKERS):
        return no(_("Only those who accompany young people look for a code word."))
    return yes()


def can_take_on(actor: Actor, *, is_alone: bool) -> Decision:
    """When nobody here walks with her any more; else it is with that person that she goes on."""
    if not can_hear(actor):
        return can_hear(actor)
    if not is_alone:
        return no(_("Somebody here walks with this person: tell them, so that they reach out."))
    return yes()
