"""Who runs a round, who answers, who types in what came on paper?"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.decision import Decision, no, yes
from spheres.portal.advisory.models import ENOUGH, WORKERS, Round

LONGEST_DAYS: Final = 92
ONLY_THE_DESK: Final = _("Only the coordination, at its own desk, runs a round.")


def can_look(actor: Actor) -> Decision:
    """The coordination runs rounds; those who accompany people print sheets and type them in."""
    if not actor.has(Role.COORDINATOR, *WORKERS):
        return no(_("Rounds are held by the coordination and by those who accompany people."))
    return yes()


def can_run_some(actor: Actor) -> Decision:
    """The coordination; at which desk, the page itself asks."""
    return yes() if actor.has(Role.COORDINATOR) else no(ONLY_THE_DESK)


def can_run(actor: Actor, desk: UUID | None) -> Decision:
    """The coordination, at the region's own desk, opens a round, counts it and settles it."""
    return can_run_some(actor) if actor.organisation_id == desk else no(ONLY_THE_DESK)


def can_open(actor: Actor, desk: UUID | None, standing: Round | None) -> Decision:
    """One round at a time: two at once would be compared."""
    if not can_run(actor, desk):
        return can_run(actor, desk)
    if standing is not None and standing.settled_at is None:
        return no(_("A round is under way: settle it before another is opened."))
    return yes()


def can_count(
    actor: Actor, desk: UUID | None, of: Round, *, enough: bool, at: datetime
) -> Decision:
    """Counted once, when it is over, from eight answers."""
    if not can_run(actor, desk):
        return can_run(actor, desk)
    if of.ends_at > at:
        return no(_("Nothing is shown before the round is over."))
    if of.counted_at is not None:
        return no(_("This round was counted already."))
    if not enough:
        return no(
            _(
                "Fewer than %(number)s have answered in their notebook, or on paper: nothing of it "
                "is ever shown."
            )
            % {"number": ENOUGH}
        )
    return yes()


def can_settle(
    actor: Actor, desk: UUID | None, of: Round, *, enough: bool, at: datetime
) -> Decision:
    """Settled once: with what was heard and what becomes of it; or ended, when too few answered."""
    if not can_run(actor, desk):
        return can_run(actor, desk)
    if of.ends_at > at or of.settled_at is not None:
        return no(_("Only a round that is over, and not settled yet, is settled."))
    if enough and of.counted_at is None:
        return no(_("Count the answers first: they deserve to be heard."))
    return yes()


def can_answer(actor: Actor, of: Round | None, at: datetime) -> Decision:
    """Whoever is in her own notebook answers, while a round runs."""
    if not actor.is_participant:
        return no(_("Only the person whose notebook it is answers there."))
    return while_it_runs(of, at)


def can_type_in(actor: Actor, of: Round | None, at: datetime) -> Decision:
    """Those who accompany people type in the sheets of a sealed envelope; whoever counts does
    not."""
    if actor.has(Role.COORDINATOR) or not can_look(actor):
        return no(_("Those who accompany people type in the sheets; the coordination counts them."))
    return while_it_runs(of, at)


def readable(notebooks: int, paper: int) -> frozenset[bool]:
    """Of which answers anything is ever said: false, those of notebooks, from eight of them; true,
    those on paper, with those, or from eight too. Whoever typed paper in could take it away."""
    with_notebooks = {False, True} if notebooks >= ENOUGH else set()
    return frozenset(with_notebooks | ({True} if paper >= ENOUGH else set()))


def while_it_runs(of: Round | None, at: datetime) -> Decision:
    if of is None or of.settled_at is not None or not of.opened_at <= at < of.ends_at:
        return no(_("No round is under way."))
    return yes()
