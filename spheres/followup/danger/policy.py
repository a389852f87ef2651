"""Who writes a danger down, adds to it, tells her, looks at it again, says who answers?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.danger.models import DIRECTING, Danger, Telling
from spheres.records import spoken
from spheres.sharing.models import Disclosure
from spheres.sharing.rules import WORKERS

# How the rule table names whoever received it, without words.
CAPACITIES: Final = {
    Danger.Called.EMERGENCY: Disclosure.Capacity.OTHER,
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
    return spoken.may_add(actor, written_by)


def can_tell(actor: Actor, way: str) -> Decision:
    """Any of the person’s workers says that they were told, once: what they heard they know."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers tell them."))
    if way in Telling.KNOWS:
        return no(_("The person has been told already."))
    return yes()


def can_wait_until(day: date, today: date) -> Decision:
    """What is not told for now is looked at again soon, and never left for good."""
    return spoken.may_wait_until(day, today)


def can_be_then(moment: datetime, now: datetime) -> Decision:
    """What was told was told already."""
    return spoken.may_be_then(moment, now)


def can_look(actor: Actor) -> Decision:
    """Those who supervise, in the organisation: the team lead, the coordination."""
    return spoken.may_look(actor)


def can_review(actor: Actor, written_by: UUID, *, is_reviewed: bool = False) -> Decision:
    """Somebody who supervises, never its author, once; it is to learn from it."""
    return spoken.may_review(actor, written_by, is_reviewed=is_reviewed)


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
