"""Who writes a danger down, adds to it, tells her, looks at it again, says who answers?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.danger.models import DIRECTING, Danger, Telling
from spheres.sharing.disclosing import SUPERVISORS
from spheres.sharing.models import Disclosure
from spheres.sharing.rules import WORKERS

LOOKED_AT_WITHIN: Final = timedelta(hours=24)  # the next morning, for what happens at night
LATEST_LOOK: Final = timedelta(days=90)
LOOKED_AT = _("Somebody has already looked at it again.")
# How the rule table names whoever received it, without words.
CAPACITIES: Final = {
    Danger.Called.EMERGENCY: Disclosure.Capacity.OTHER,
    Danger.Called.YOUTH_PROTECTION: Disclosure.Capacity.YOUTH_PROTECTION,
    Danger.Called.CRISIS: Disclosure.Capacity.HEALTH,
    Danger.Called.HEALTH: Disclosure.Capacity.HEALTH,
    Danger.Called.EXPOSED: Disclosure.Capacity.RELATIVE,
    Danger.Called.ABLE_TO_HELP: Disclosure.Capacity.OTHER,
}


def can_be_beside(actor: Actor) -> Decision:
    """Whoever accompanies people has the numbers at hand."""
    if not actor.has(*WORKERS):
        return no(_("Only a worker who accompanies young people can open this."))
    return yes()


def can_write(actor: Actor) -> Decision:
    """Whoever accompanies them, or answers for whoever does: the database knows which."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write here."))
    return yes()


def can_add(actor: Actor, written_by: UUID) -> Decision:
    """Its author alone adds to it, as often as it takes: nothing that stands is changed."""
    if actor.user_id != written_by:
        return no(_("Only its author adds to this."))
    return yes()


def can_tell(actor: Actor, way: str) -> Decision:
    """Any of the person’s workers says that they were told, once: what they heard they know."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers tell them."))
    if way in {Telling.Way.BEFORE, Telling.Way.AFTER}:
        return no(_("The person has been told already."))
    return yes()


def can_wait_until(day: date, today: date) -> Decision:
    """What is not told for now is looked at again soon, and never left for good."""
    if day <= today:
        return no(_("Choose a day to come: it is looked at again then."))
    if day > today + LATEST_LOOK:
        return no(_("This is too far: three months at most, then it is looked at again."))
    return yes()


def can_be_then(moment: datetime, now: datetime) -> Decision:
    """What was told was told already."""
    if moment > now:
        return no(_("This is still to come: write when you called."))
    return yes()


def can_look(actor: Actor) -> Decision:
    """Those who supervise, in the organisation: the team lead, the coordination."""
    if not actor.has(*SUPERVISORS):
        return no(_("This is for those who supervise."))
    return yes()


def can_review(actor: Actor, written_by: UUID, *, is_reviewed: bool = False) -> Decision:
    """Somebody who supervises, never its author, once; it is to learn from it."""
    if actor.user_id == written_by:
        return no(_("A second person looks at it again: not whoever wrote it."))
    if not (may := can_look(actor)):
        return may
    if is_reviewed:
        return no(LOOKED_AT)
    return yes()


def can_direct(actor: Actor) -> Decision:
    """Whoever looks after the organisation’s accounts, or the coordination, says who answers."""
    if not actor.has(*DIRECTING):
        return no(_("Only a manager of your organisation, or the coordination, says it."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What its page offers."""

    add: Decision
    tell: Decision


def buttons(actor: Actor, written_by: UUID, way: str) -> Buttons:
    return Buttons(add=can_add(actor, written_by), tell=can_tell(actor, way))
