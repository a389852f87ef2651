"""Who writes in the street without a network?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes

WRITING = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT, Role.TEAM_LEAD, Role.COORDINATOR)


def can_write(actor: Actor) -> Decision:
    """Whoever meets people outside, and notes it in their files."""
    if not actor.has(*WRITING):
        return no(_("Writing without a network is for whoever meets people in the street."))
    return yes()
