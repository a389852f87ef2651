"""Who looks after the machine's work?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes


def can_look_after(actor: Actor) -> Decision:
    """The technical administration: names of jobs and hours, and no way to what is in them."""
    if not actor.has(Role.TECHNICAL_ADMINISTRATOR):
        return no(_("The technical administration looks after the machine’s work."))
    return yes()
