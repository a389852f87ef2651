"""Who may write an accompaniment, say a step of it, and let something leave with her agreement?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.accompaniments.models import (
    EVENTUAL,
    Accompaniment,
    AccompanimentStatus,
    Course,
    OutgoingReferral,
    OutgoingStatus,
)
from spheres.participants.policy import may_one_speak

Out = OutgoingStatus.Status
WORKERS: Final = (Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT)


def can_write(actor: Actor) -> Decision:
    """Workers write in the files they are assigned to; the database knows which."""
    if not actor.has(*WORKERS):
        return no(_("Only the person’s workers write here."))
    return yes()


def can_correct(actor: Actor, record: Accompaniment, status: str) -> Decision:
    """Only its author corrects it, and once: the correction is corrected in its turn."""
    if record.written_by != actor.user_id:
        return no(_("Only its author can correct this."))
    if status != AccompanimentStatus.Status.SIGNED:
        return no(_("This has already been corrected."))
    return yes()


def can_tell(actor: Actor, now: str, to: str, *, standing: str) -> Decision:
    """Any of the person’s workers says a step of it, or what came of it."""
    if not (may := can_write(actor)):
        return may
    if standing != AccompanimentStatus.Status.SIGNED:
        return no(_("This was corrected: the later one is the one to go on with."))
    going_on = now == to == Course.Status.GOING_ON
    if to not in Course.MOVES[Course.Status(now)] and not going_on:
        return no(_("What came of it has been said already."))
    return yes()


def can_agree(
    actor: Actor, agrees: bool, whose: str, *, decides_alone: bool, suspended: Collection[str]
) -> Decision:
    """Nothing is prepared for a resource without the person’s own yes; under the age from which
    one agrees for oneself, not with that yes alone; never with that of a representative whose
    rights are suspended."""
    if not (may := can_write(actor)):
        return may
    if not agrees:
        return no(_("Nothing leaves without the person’s agreement."))
    if whose == OutgoingReferral.Yes.HERSELF and not decides_alone:
        return no(
            _(
                "At this age the law also asks for whoever has parental authority, "
                "unless asking would put the person in danger."
            )
        )
    if whose == OutgoingReferral.Yes.WITH_TUTOR:
        return may_one_speak(suspended=suspended)
    return yes()


def can_hand(actor: Actor, now: str) -> Decision:
    """What the person agreed to is handed over by a worker; what was withdrawn never leaves."""
    if not (may := can_write(actor)):
        return may
    if now == Out.WITHDRAWN:
        return no(_("The agreement was withdrawn: nothing leaves."))
    return yes()


def can_withdraw(actor: Actor, now: str) -> Decision:
    """The person takes the agreement back at any time before it leaves."""
    if not (may := can_write(actor)):
        return may
    if now != Out.AGREED:
        return no(_("It has left already: what was told stays told."))
    return yes()


def can_reply(actor: Actor, now: str) -> Decision:
    """What came back is written once it was handed over."""
    if not (may := can_write(actor)):
        return may
    if now not in {Out.HANDED, Out.ANSWERED}:
        return no(_("It has not been handed over yet."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What its page offers, and to which states it may be moved."""

    correct: Decision
    tell: Decision
    ways: tuple[str, ...]


def buttons(actor: Actor, record: Accompaniment) -> Buttons:
    standing, now = record.standing.status, record.course.status
    ways = tuple(to for to in EVENTUAL if can_tell(actor, now, to, standing=standing))
    return Buttons(
        correct=can_correct(actor, record, standing),
        tell=yes() if ways else can_tell(actor, now, EVENTUAL[0], standing=standing),
        ways=ways,
    )


@dataclass(frozen=True)
class OutgoingButtons:
    """What the page of an outgoing referral offers."""

    hand: Decision
    withdraw: Decision
    reply: Decision


def outgoing_buttons(actor: Actor, now: str) -> OutgoingButtons:
    return OutgoingButtons(
        hand=can_hand(actor, now), withdraw=can_withdraw(actor, now), reply=can_reply(actor, now)
    )
