"""Who opens a group, who joins it, and what do its members do there?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.worker_support.practice_groups.models import PracticeGroup, PracticeSession

# Who is told how many sessions were held, all groups together: a number, and nothing else.
TOLD = (Role.COORDINATOR, Role.RESEARCH_OFFICER)
# Who keeps own notes: a psychotherapist writes in the sealed file.
NOTING = (
    Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT, Role.TEAM_LEAD, Role.COORDINATOR,
    Role.CONSULTANT,
)  # fmt: skip
OVER = _("This group is closed: nothing of it changes any more.")


def can_look(actor: Actor) -> Decision:
    """All who work in the programme see which groups there are."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_open(actor: Actor) -> Decision:
    """All who work in the programme open a group."""
    return can_look(actor)


def can_join(actor: Actor, group: PracticeGroup) -> Decision:
    """Whoever likes, as long as the group is open; nobody is put in it by another."""
    if not can_look(actor):
        return can_look(actor)
    return yes() if group.ended_at is None else no(OVER)


def can_plan(group: PracticeGroup, *, is_mine: bool) -> Decision:
    """Any member plans a session or closes the group, as long as it is open."""
    if not is_mine:
        return no(_("The members of the group do this."))
    return yes() if group.ended_at is None else no(OVER)


def can_come(session: PracticeSession, at: datetime) -> Decision:
    """Any member says that she comes, or does not after all, until it begins."""
    if session.cancelled_at is not None:
        return no(_("This session is not held."))
    if session.starts_at <= at:
        return no(_("This session has begun."))
    return yes()


def can_count(actor: Actor) -> Decision:
    """The coordination and research are told how many sessions were held, in quarters that are
    over: never who came."""
    if not actor.has(*TOLD):
        return no(_("The coordination and research are told how many."))
    return yes()


def can_keep_own(actor: Actor) -> Decision:
    """What one keeps of a session for oneself is an own note; psychotherapists have none."""
    return yes() if actor.has(*NOTING) else no(_("A psychotherapist writes in the sealed file."))
