"""Who plans a session, who enrols, who keeps its list, who reads what it costs?

Who reads which name is the database’s business.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.training.sessions.models import MANAGING, PLANNING, TrainingSession

OFF: Final = _("This session is not held any more.")
CLOSED: Final = _("The list of this session is closed.")
BEGUN: Final = _("This session has begun.")
YOURSELF: Final = _("A trainer plans the sessions where they teach: name yourself too.")
AROUND: Final = timedelta(minutes=30)  # the code of the room opens before, and after


def can_look(actor: Actor) -> Decision:
    """All who work in the programme see the sessions, and where they stand on a list."""
    return yes() if actor.roles else no(_("This is for those who work in the programme."))


def can_plan(actor: Actor) -> Decision:
    """The coordination and trainers plan sessions; a trainer, those where they teach."""
    if not actor.has(*PLANNING):
        return no(_("The coordination and trainers plan sessions."))
    return yes()


def can_plan_for(actor: Actor, trainer_ids: Collection[UUID]) -> Decision:
    """The coordination plans for whoever teaches; a trainer, where they teach themselves."""
    if not actor.has(Role.COORDINATOR) and actor.user_id not in trainer_ids:
        return no(YOURSELF)
    return yes()


def too_few(taken: int) -> str:
    """Places that were given are not taken back."""
    return ngettext(
        "%(n)s place is given: there cannot be fewer.",
        "%(n)s places are given: there cannot be fewer.",
        taken,
    ) % {"n": taken}


def leads(actor: Actor) -> bool:
    """Whoever leads people of an organisation."""
    return actor.has(*MANAGING)


def is_to_come(one: TrainingSession, *, at: datetime) -> Decision:
    """One may still be put on the list."""
    if one.is_off:
        return no(OFF)
    if one.closed_at is not None:
        return no(CLOSED)
    return yes() if one.starts_at > at else no(BEGUN)


def can_enrol(actor: Actor, one: TrainingSession, *, at: datetime) -> Decision:
    """Whoever works in the programme enrols by themselves, and leaves, until it begins."""
    return can_look(actor) and is_to_come(one, at=at)


def can_enrol_team(actor: Actor, one: TrainingSession, *, at: datetime) -> Decision:
    """Whoever leads people of an organisation enrols those who work there."""
    if not actor.has(*MANAGING):
        return no(_("Whoever leads a team enrols it."))
    return is_to_come(one, at=at)


def runs(actor: Actor, one: TrainingSession) -> bool:
    """The coordination, and whoever teaches there."""
    return actor.has(Role.COORDINATOR) or actor.user_id in one.trainer_ids


def can_keep_list(actor: Actor, one: TrainingSession) -> Decision:
    """The coordination and whoever teaches there read the list of names, and say who came."""
    if not runs(actor, one):
        return no(_("Whoever teaches there, or coordinates, keeps the list."))
    return yes()


def can_note(actor: Actor, one: TrainingSession, *, at: datetime) -> Decision:
    """They say who came from half an hour before it begins, until the list is closed."""
    allowed = can_keep_list(actor, one)
    if not allowed:
        return allowed
    if one.is_off:
        return no(OFF)
    if one.closed_at is not None:
        return no(CLOSED)
    return yes() if is_around(one, at=at) or one.ends_at <= at else no(_("Not yet."))


def can_close(actor: Actor, one: TrainingSession, *, at: datetime) -> Decision:
    """They close the list once the session has begun: it changes no more."""
    allowed = can_note(actor, one, at=at)
    if not allowed:
        return allowed
    return yes() if one.starts_at <= at else no(_("This session has not begun."))


def can_change(actor: Actor, one: TrainingSession, *, at: datetime) -> Decision:
    """They say that it is not held, or that somebody else teaches, until it is over."""
    if not runs(actor, one):
        return no(_("Whoever teaches there, or coordinates, changes this."))
    if one.is_off:
        return no(OFF)
    if one.closed_at is not None:
        return no(CLOSED)
    return yes() if one.ends_at > at else no(_("This session is over."))


def can_say_cost(actor: Actor) -> Decision:
    """The coordination alone reads and writes what a session costs."""
    if not actor.has(Role.COORDINATOR):
        return no(_("The coordination says what a session costs."))
    return yes()


def is_around(one: TrainingSession, *, at: datetime) -> bool:
    """Whether the code shown in the room counts: around its hours, and never once it is off."""
    is_on = not one.is_off and one.closed_at is None
    return is_on and one.starts_at - AROUND <= at <= one.ends_at + AROUND
