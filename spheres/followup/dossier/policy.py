"""Who is shown the pages about people at all?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes

WITH_PEOPLE = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT, Role.PSYCHOTHERAPIST)


def can_have_people(actor: Actor) -> Decision:
    """Those who accompany young people have «my people»; whom they find there the database says."""
    if not actor.has(*WITH_PEOPLE):
        return no(_("Your role does not include accompanying young people."))
    return yes()
