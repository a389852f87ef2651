"""An event at a school, as somebody of the cast notes it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.outreach.events import actions, queries
from spheres.outreach.events.models import AskedFor, Event
from spheres.outreach.events.queries import Whole
from tests.cast import MONDAY, acting, uuid_of

SCHOOL = "École des Rives"
A_DAY = date(2026, 2, 26)
HOW = "Comment savoir si un jeune veut en parler?"


def notes(
    who: Actor,
    which: str = "one",
    *,
    at: datetime = MONDAY,
    asked: tuple[str, ...] = (),
    **said: object,
) -> UUID:
    """A presentation at a school, whatever else is said of it."""
    about = {
        "kind": "presentation", "held_on": A_DAY, "organisation": SCHOOL, "environment": "school",
        "presenter_ids": [who.user_id],
    } | said  # fmt: skip
    event_id = uuid_of(f"event {which}")
    with acting(who, at):
        actions.note(event_id, actions.Said(**about), questions=asked, by=who, at=at)  # type: ignore[arg-type]
    return event_id


def read(who: Actor, event_id: UUID, *, at: datetime = MONDAY) -> Whole | None:
    """All of it, as this person sees it."""
    with acting(who, at):
        return queries.whole(event_id, actor=who, on=at.date())


def row_of(who: Actor, event_id: UUID) -> Event:
    """As this person sees it now; inside a unit of work of theirs."""
    found = queries.find(event_id, actor=who)
    assert found is not None
    return found


def is_asked(
    who: Actor, event_id: UUID, what: str = AskedFor.What.SUPPORT, *, which: str = "one",
    at: datetime = MONDAY,
) -> None:  # fmt: skip
    with acting(who, at):
        asked_id = uuid_of(f"asked {what} {which}")
        actions.count_asked_for(row_of(who, event_id), asked_id, what=what, by=who, at=at)
