"""Who looks at whom trainings reached?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes


def can_look(actor: Actor) -> Decision:
    """The coordination, which reads who was trained: others would see a part, and call it all."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The coordination of the programme reads whom trainings reached."))
    return yes()
