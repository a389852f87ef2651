"""A group that Karim opens and Inès joins, for the tests of practice groups."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from spheres.core.actor import Actor, service
from spheres.worker_support.practice_groups import actions, queries
from spheres.worker_support.practice_groups.models import PracticeSession
from spheres.worker_support.practice_groups.queries import Group, Whole
from tests.cast import MONDAY, Cast, acting, uuid_of

EXPIRY = service("expiry")
TITLE, ABOUT, PLACE = "Les mots qui ouvrent", "Les questions ouvertes", "Salle du fond"
STARTS = MONDAY + timedelta(days=7)


def opens(who: Actor, *, at: datetime = MONDAY, which: str = "one", title: str = TITLE) -> UUID:
    opened = actions.Opened(uuid_of(f"group {which}"), title, "motivational", "À deux voix.")
    with acting(who, at):
        actions.open_group(opened, by=who, at=at)
    return opened.id


def seen(group_id: UUID, who: Actor, at: datetime = MONDAY) -> Group:
    with acting(who, at):
        found = queries.group(group_id, actor=who)
    assert found is not None
    return found


def joins(who: Actor, group_id: UUID, at: datetime = MONDAY) -> None:
    row = seen(group_id, who, at).row
    with acting(who, at):
        actions.join(row, by=who, at=at)


def plans(
    who: Actor, group_id: UUID, *, at: datetime = MONDAY, starts_at: datetime = STARTS,
    which: str = "one",
) -> UUID:  # fmt: skip
    planned = actions.Planned(
        uuid_of(f"session {which}"), starts_at, 60, PracticeSession.Way.BOTH, PLACE, ABOUT
    )
    it = seen(group_id, who, at)
    with acting(who, at):
        actions.plan(planned, it, by=who, at=at)
    return planned.id


def whole(group_id: UUID, who: Actor, at: datetime = MONDAY) -> Whole:
    it = seen(group_id, who, at)
    with acting(who, at):
        return queries.whole(it, actor=who, at=at)


def group_of_two(cast: Cast) -> UUID:
    group_id = opens(cast.karim)
    joins(cast.ines, group_id)
    return group_id
