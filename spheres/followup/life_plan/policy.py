"""Who may write in her plan, on which condition, and move what in it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.followup.life_plan.models import Aim, AimStatus, Course, StepStatus, TaskStatus


def can_write(actor: Actor) -> Decision:
    """Workers write in the files they are assigned to, and she in her own notebook; the database
    knows which."""
    if not actor.is_participant and not actor.has(Role.YOUTH_WORKER, Role.PROFESSIONAL_SUPPORT):
        return no(_("Only the person’s workers write here."))
    return yes()


def can_put_in_plan(actor: Actor, kind: str, agreed_on: date | None) -> Decision:
    """A dream is hers to say; a goal is in her plan only once she agreed to it, some day."""
    if not (may := can_write(actor)):
        return may
    if kind != Aim.Kind.DREAM and agreed_on is None:
        return no(_("Without their agreement, it is not their goal."))
    return yes()


def can_say_otherwise(actor: Actor, status: str) -> Decision:
    """Any of the person’s workers writes down, with them, that it is said otherwise now; once."""
    if not (may := can_write(actor)):
        return may
    if status != AimStatus.Status.SIGNED:
        return no(_("This has already been said otherwise: the later one is the one to change."))
    return yes()


def can_move_aim(actor: Actor, now: str, to: str) -> Decision:
    """Any of the person’s workers notes, with them, where it is; in any direction."""
    if not (may := can_write(actor)):
        return may
    if to not in Course.MOVES[Course.Status(now)]:
        return no(_("It stands there already."))
    return yes()


def can_move_step(actor: Actor, now: str, to: str) -> Decision:
    """Any of the person’s workers notes, with them, where a step is; in any direction."""
    if not (may := can_write(actor)):
        return may
    if to not in StepStatus.MOVES[StepStatus.Status(now)]:
        return no(_("It stands there already."))
    return yes()


def can_move_task(actor: Actor, worker_id: object, now: str, to: str) -> Decision:
    """Whose task it is says what became of it."""
    if worker_id != actor.user_id:
        return no(_("Only the one who is to do it says what became of it."))
    if to not in TaskStatus.MOVES[TaskStatus.Status(now)]:
        return no(_("It stands there already."))
    return yes()


@dataclass(frozen=True)
class Buttons:
    """What the page of a dream or a goal offers."""

    write: Decision
    say_otherwise: Decision
    reach: Decision
    set_aside: Decision
    take_up: Decision


def buttons(actor: Actor, status: str, now: str) -> Buttons:
    return Buttons(
        write=can_write(actor),
        say_otherwise=can_say_otherwise(actor, status),
        reach=can_move_aim(actor, now, Course.Status.REACHED),
        set_aside=can_move_aim(actor, now, Course.Status.SET_ASIDE),
        take_up=can_move_aim(actor, now, Course.Status.ALIVE),
    )
