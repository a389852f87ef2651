"""Who is shown what each worker carries?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes


def can_see_workload(actor: Actor) -> Decision:
    """A team lead sees the counts of their own organisation; the coordination, everyone’s."""
    if not actor.has(Role.TEAM_LEAD, Role.COORDINATOR):
        return no(_("The team’s workload is for its lead and for the coordination."))
    return yes()
