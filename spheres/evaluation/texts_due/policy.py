"""Who looks at the region's texts that wait to be reviewed?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes


def can_look(actor: Actor) -> Decision:
    """The coordination watches over what the region's pages say."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The coordination watches over the texts of the region."))
    return yes()
