"""Who opens a round, who answers, when is it counted, and when is it said?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.partners.rounds import figures
from spheres.partners.rounds.figures import Before
from spheres.partners.rounds.models import ANSWERING, FACILITATING, READING, ReflectionRound
from spheres.ui import moments

LONGEST: Final = timedelta(days=92)
FEWEST_ORGANISATIONS: Final = 2
TOO_FEW_WITHOUT_ONE: Final = _(
    "Without the answers of one organisation, too few are left: nothing of this round is shown. "
    "Make it longer, or end it unread."
)
ONLY_WHO_OPENED: Final = _("Only whoever opened this round runs it.")


def can_look(actor: Actor) -> Decision:
    """Rounds are for those who work with people, those who lead them, and those who study it."""
    if not actor.has(*READING):
        return no(_("Reflection rounds are for those who work together in the programme."))
    return yes()


def can_facilitate(actor: Actor) -> Decision:
    """The coordination, and the planning officers, open rounds."""
    if not actor.has(*FACILITATING):
        return no(_("The coordination, or whoever plans and studies the programme, opens rounds."))
    return yes()


def can_open(
    actor: Actor, slug: str, organisations: frozenset[UUID], before: Sequence[Before], at: datetime
) -> Decision:
    """Of two organisations at least; and the same set, of the same people, once a year."""
    if not can_facilitate(actor):
        return can_facilitate(actor)
    if len(organisations) < FEWEST_ORGANISATIONS:
        return no(_("Ask at least two organisations: the answers of one alone are never shown."))
    again = figures.asked_too_soon(slug, organisations, before, at=at)
    if again is not None:
        return no(
            _(
                "One of these organisations was asked the same less than a year ago. Two rounds "
                "too close would tell what one newcomer said: ask it again from %(day)s on."
            )
            % {"day": moments.day(clock.day_of(again) + timedelta(days=1))}
        )
    return yes()


def can_answer(actor: Actor, of: ReflectionRound, at: datetime) -> Decision:
    """Whoever works for an organisation that is asked, while the round runs; not who opened it."""
    if not actor.has(*ANSWERING) or actor.organisation_id not in of.places:
        return no(_("This round is asked of other organisations, or of other people than you."))
    if actor.user_id == of.opened_by:
        return no(_("You opened this round, and will read its remarks: you do not answer it."))
    if of.is_settled or not of.opened_at <= at < of.ends_at:
        return no(_("This round is over: nothing more is added to it."))
    return yes()


def can_run(actor: Actor, of: ReflectionRound) -> Decision:
    """Whoever opened it, as long as they hold the role."""
    if not can_facilitate(actor):
        return can_facilitate(actor)
    return yes() if actor.user_id == of.opened_by else no(ONLY_WHO_OPENED)


def can_make_longer(actor: Actor, of: ReflectionRound) -> Decision:
    """Until a later day, as long as nothing of it was counted."""
    if not can_run(actor, of):
        return can_run(actor, of)
    if of.counted_at is not None or of.is_settled:
        return no(_("This round was counted: nothing more is added to it."))
    return yes()


def can_count(
    actor: Actor, of: ReflectionRound, *, has_enough: bool, enough: int, at: datetime
) -> Decision:
    """Counted once, when it is over, from as many answers as the region asks for."""
    if not can_run(actor, of):
        return can_run(actor, of)
    if of.ends_at > at:
        return no(_("Nothing of a round is shown before its last day has ended."))
    if of.is_settled:
        return no(_("This round was settled already."))
    if not has_enough:
        return no(
            _("Fewer than %(number)s answers: nothing of this round is ever shown.")
            % {"number": enough}
        )
    return yes()


def can_settle(actor: Actor, of: ReflectionRound, at: datetime) -> Decision:
    """Once, when it is over: said to all by whoever opened and counted it; or ended unread, also by
    another who may open rounds, when whoever opened it is gone."""
    if not can_facilitate(actor):
        return can_facilitate(actor)
    if of.ends_at > at or of.is_settled:
        return no(_("A round is settled once, when it is over."))
    if of.counted_at is not None:
        return can_run(actor, of)
    return yes()
