"""Who asks a group what it learns, who answers, and who reads what all said?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import VISITOR, Actor
from spheres.core.decision import Decision, no, yes
from spheres.training.learning.models import OPENING, READING, LearningRound

DAYS_AFTER: Final = timedelta(days=7)  # after the session, to answer the questions of after
DAYS_AHEAD: Final = timedelta(days=92)
DAYS_UNCLOSED: Final = timedelta(days=30)  # over and never closed: destroyed unread
DAYS_TRIED: Final = timedelta(days=90)  # that what a group will try may be read
OVER: Final = _("The answers of this group are closed: nothing more is added to them.")


def can_look(actor: Actor) -> Decision:
    """All who work in the programme read what its trainings change, topic by topic."""
    return yes() if actor.has(*READING) else no(_("This is for those who work in the programme."))


def can_open(actor: Actor) -> Decision:
    """Whoever gives trainings, and the coordination, ask a group what it learns."""
    if not actor.has(*OPENING):
        return no(_("Whoever gives a training, or the coordination, asks its group."))
    return yes()


def can_run(actor: Actor, of: LearningRound) -> Decision:
    """Whoever asked this group, and nobody else, reads what it said."""
    if not can_open(actor):
        return can_open(actor)
    if actor.user_id != of.opened_by:
        return no(_("Only whoever asked this group reads what it said."))
    return yes()


def can_ask_after(actor: Actor, of: LearningRound, at: datetime) -> Decision:
    """Once, before the answers close: from then on, the questions are those of after."""
    if not can_run(actor, of):
        return can_run(actor, of)
    if of.is_closed or of.ends_at <= at:
        return no(OVER)
    if of.after_at is not None:
        return no(_("The questions of after are asked already."))
    return yes()


def can_close(actor: Actor, of: LearningRound) -> Decision:
    """Once, after the questions of after were asked; they are counted then, and never again."""
    if not can_run(actor, of):
        return can_run(actor, of)
    if of.is_closed:
        return no(OVER)
    if of.after_at is None:
        return no(_("Ask the questions of after first: a group is compared with itself."))
    return yes()


def can_answer(actor: Actor, of: LearningRound, at: datetime) -> Decision:
    """Whoever holds the code of the room, without any account, until the answers close."""
    if actor != VISITOR:
        return no(_("Answers are given without an account."))
    if of.is_closed or not of.opened_at <= at < of.ends_at:
        return no(OVER)
    return yes()
