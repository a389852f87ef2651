"""Who reads the directory, says that something is no longer right, and sees to it?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.directory.models import TELLING


def can_look(actor: Actor) -> Decision:
    """Everybody of the programme reads the directory: public facts, about nobody."""
    return yes()


def can_tell(actor: Actor) -> Decision:
    """Those who send young people there, and those who lead them, say what is no longer right."""
    if not actor.has(*TELLING):
        return no(_("Those who accompany young people say what is no longer right."))
    return yes()


def can_keep(actor: Actor) -> Decision:
    """The coordination keeps the directory right: what was told, what is to be verified."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The directory is kept by the coordination."))
    return yes()
