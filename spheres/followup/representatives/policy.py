"""Who suspends the rights of a representative, who ends it, and who looks at it again?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing.rules import WORKERS

SAID: Final = _("Somebody has already said what it was.")
ALREADY: Final = _("These rights are suspended already.")
SHORTEST: Final = 40  # letters of a reason: enough to say what was seen, heard or read


def can_suspend(actor: Actor) -> Decision:
    """Whoever walks with the person writes it down, and it is in force at once: their safety comes
    first, and somebody else looks at it again."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write this down."))
    return yes()


def can_end(actor: Actor) -> Decision:
    """Whoever walks with the person ends it too, when its ground no longer stands."""
    return can_suspend(actor)


def can_review(actor: Actor) -> Decision:
    """The privacy officer of the organisation, never of what they wrote themselves; where nobody
    else there can, the programme's coordination. Both read the ground and the reason, not of whom
    it is."""
    if not actor.has(Role.PRIVACY_OFFICER, Role.COORDINATOR):
        return no(_("This is for those who look again at suspended rights."))
    return yes()


def may_add(who: str, *, suspended: Collection[str]) -> Decision:
    """What stands is not written twice."""
    return no(ALREADY) if who in suspended else yes()
