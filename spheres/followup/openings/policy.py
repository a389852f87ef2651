"""Who lets a colleague go on, and who looks at who opened what?"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.sharing.rules import LIFTERS

GOES_ON = _("This colleague is not stopped any more, or never was.")
SAID = _("Somebody has already said what came of it.")
SHORTEST = 15  # letters of a reason: enough to say what the day is made of


def can_let_go_on(actor: Actor) -> Decision:
    """Whoever accompanies people, leads, coordinates or guards privacy; never for themselves."""
    if not actor.has(*LIFTERS):
        return no(_("This is for those who work beside whoever was stopped."))
    return yes()


def can_be_let_go_on(user_id: UUID, stopped: Collection[UUID]) -> Decision:
    """A colleague whom the limit stopped today, and whom nobody let go on yet."""
    return yes() if user_id in stopped else no(GOES_ON)


def can_look(actor: Actor) -> Decision:
    """The person in charge of privacy, of their own organisation; they read nobody's file by it."""
    if not actor.has(Role.PRIVACY_OFFICER):
        return no(_("This is for the person in charge of privacy."))
    return yes()
