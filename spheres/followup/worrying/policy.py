"""Who weighs, writes, adds, tells, looks again; and who says what somebody is for the law?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.policy import MANAGERS
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.worrying.models import Telling
from spheres.records import spoken
from spheres.sharing.rules import WORKERS

ADULT: Final = 18  # P-34.1, s. 1: youth protection acts for whoever is under 18


def can_be_beside(actor: Actor) -> Decision:
    """Whoever accompanies people has the questions and the numbers at hand, at any age."""
    if not actor.has(*WORKERS):
        return no(_("Only a worker who accompanies young people can open this."))
    return yes()


def can_write(actor: Actor, *, is_adult: bool = False) -> Decision:
    """Whoever accompanies them, or answers for whoever does, as long as they are under 18 or their
    age is not known: the database knows which file."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write here."))
    if is_adult:
        return no(_("Youth protection acts for whoever is under 18: it is not for this person."))
    return yes()


def can_be_then(moment: datetime, now: datetime) -> Decision:
    """What was told was told already."""
    return spoken.may_be_then(moment, now)


def can_add(actor: Actor, written_by: UUID) -> Decision:
    """Its author alone adds to it, as often as it takes: nothing that stands is changed."""
    return spoken.may_add(actor, written_by)


def can_tell(actor: Actor, written_by: UUID, way: str) -> Decision:
    """Its author alone tells the person, once: nobody else of their team knows of it."""
    if not (may := can_add(actor, written_by)):
        return may
    if way in Telling.KNOWS:
        return no(_("The person has been told already."))
    return yes()


def can_wait_until(day: date, today: date) -> Decision:
    """What is not told for now is looked at again soon, and never left for good."""
    return spoken.may_wait_until(day, today)


def can_look(actor: Actor) -> Decision:
    """Those who supervise, in the organisation: the team lead, the coordination."""
    return spoken.may_look(actor)


def can_review(actor: Actor, written_by: UUID, *, is_reviewed: bool = False) -> Decision:
    """Somebody who supervises, never its author, once; it is to learn from it."""
    return spoken.may_review(actor, written_by, is_reviewed=is_reviewed)


def can_read_with_her(actor: Actor, *, author_works_here: bool, way: str) -> Decision:
    """Its author reads it with the person; once they have left, whoever supervises does, told or
    not yet, unless it is written that it could harm them."""
    if not (may := can_look(actor)):
        return may
    if author_works_here:
        return no(_("Whoever wrote it reads it with the person."))
    if way == Telling.Way.NOT_NOW:
        return no(
            _("It is written that telling the person could harm them: it is not read with them.")
        )
    return yes()


def can_say_of_others(actor: Actor) -> Decision:
    """Whoever looks after the organisation’s accounts says it of those who work there."""
    if not actor.has(*MANAGERS):
        return no(_("Only a manager of your organisation says it of somebody else."))
    return yes()


def can_say(actor: Actor, user_id: UUID, *, works_here: bool = True) -> Decision:
    """Each says what they are for the law; or a manager, of whoever accompanies people there."""
    if actor.user_id == user_id:
        return can_be_beside(actor)
    if not (may := can_say_of_others(actor)):
        return may
    if not works_here:
        return no(_("This person does not accompany people in your organisation."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What its page offers."""

    add: Decision
    tell: Decision


def buttons(actor: Actor, written_by: UUID, way: str) -> Buttons:
    return Buttons(add=can_add(actor, written_by), tell=can_tell(actor, written_by, way))
