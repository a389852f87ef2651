"""Who opens what another programme sealed?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes

OPENING = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT, Role.TEAM_LEAD, Role.COORDINATOR)


def can_open(actor: Actor) -> Decision:
    """Whoever will accompany the person, or finds them somebody."""
    if not actor.has(*OPENING):
        return no(_("A parcel is opened by whoever accompanies people here."))
    return yes()
