"""Who withdraws from a file, and who says that it is seen to?"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.withdrawals.models import LEADS, WORKERS

NOT_YOURS = _("You no longer accompany this person.")
SOMEONE_ELSE = _("This colleague cannot be with this person. Choose someone else.")


def can_withdraw(actor: Actor) -> Decision:
    """Any worker assigned to a person withdraws, at any time, and is never asked why."""
    if not actor.has(*WORKERS):
        return no(_("Only a worker who accompanies someone can withdraw."))
    return yes()


def can_leave_to(chosen: UUID | None, colleagues: Collection[UUID], *, is_alone: bool) -> Decision:
    """Whoever is alone with a person says which colleague is with them for now, if there is one."""
    if chosen is not None and chosen not in colleagues:
        return no(_("This colleague does not accompany young people here today."))
    if is_alone and chosen is None and colleagues:
        return no(
            _("Nobody else walks with this person: say which colleague is with them for now.")
        )
    return yes()


def can_say_known(actor: Actor) -> Decision:
    """Whoever reads something of a person, in any role, says that they know them; never why."""
    if not actor.is_staff:
        return no(_("Only those who work in the programme say this here."))
    return yes()


def can_settle(actor: Actor) -> Decision:
    """A team lead, or the coordination, says that somebody else was found."""
    if not actor.has(*LEADS):
        return no(_("This is for the team lead and for the coordination."))
    return yes()
