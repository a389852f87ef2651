"""Many who work for two organisations, a round that Louise opens, and answers in nobody's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from spheres.accounts.models import Organisation, Role
from spheres.core.actor import Actor, service
from spheres.partners.rounds import actions, queries
from spheres.partners.rounds.actions import Heard, Opened
from spheres.partners.rounds.models import QuestionSet, ReflectionRound
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of

EXPIRY = service("expiry")
THREE_WEEKS = timedelta(days=21)
OVER = MONDAY + THREE_WEEKS
SET = "around-them"
HERE, THERE = 6, 5  # of La Maison, and elsewhere: enough, whichever is set aside


def workers(where: Organisation, number: int, name: str = "") -> list[Actor]:
    """So many who work there."""
    with acting(LOADER):
        return [
            add_person(f"{name or where.slug} {place}", where, Role.YOUTH_WORKER)
            for place in range(number)
        ]


def open_round(
    cast: Cast,
    which: str = "round",
    *,
    of: Iterable[Organisation] | None = None,
    by: Actor | None = None,
    at: datetime = MONDAY,
    slug: str = SET,
    **others: Any,
) -> ReflectionRound:
    who = by or cast.louise
    asked = of or (cast.la_maison, cast.elsewhere, cast.police)
    with acting(who, at):
        asks = QuestionSet.objects.get(slug=slug, is_offered=True)
        opened = Opened(uuid_of(which), asks, [one.pk for one in asked], at + THREE_WEEKS, **others)
        actions.open_round(opened, by=who, at=at)
        return ReflectionRound.objects.select_related("asks").get(pk=opened.id)


def gives(
    who: Actor,
    of: ReflectionRound,
    steps: Mapping[str, int] | None = None,
    remarks: Mapping[str, str] | None = None,
    *,
    at: datetime = MONDAY,
) -> bool:
    with acting(who, at):
        return actions.answer(
            of, steps=steps if steps is not None else {"shared": 2}, remarks=remarks or {},
            by=who, at=at,
        )  # fmt: skip


def all_give(
    people: Sequence[Actor], of: ReflectionRound, *, words: str = "", at: datetime = MONDAY
) -> None:
    for place, who in enumerate(people):
        remarks = {"shared": f"{words} {place}"} if words else {}
        gives(who, of, {"shared": place % 5 + 1}, remarks, at=at)


def counted(of: ReflectionRound, by: Actor) -> ReflectionRound:
    return _then(of, by, actions.count)


def settled(of: ReflectionRound, by: Actor, heard: Sequence[Heard] = ()) -> ReflectionRound:
    """Counted when it may be, and told, at the end of its last day."""
    if of.counted_at is None:
        of = counted(of, by)
    return _then(of, by, lambda one, **said: actions.settle(one, heard, **said))


def _then(of: ReflectionRound, by: Actor, act: Any) -> ReflectionRound:
    with acting(by, of.ends_at):
        act(of, by=by, at=of.ends_at)
        return ReflectionRound.objects.select_related("asks").get(pk=of.pk)


def the_night_comes(at: datetime = OVER) -> list[UUID]:
    with acting(EXPIRY, at):
        found = queries.to_forget(by=EXPIRY)
        for round_id in found:
            actions.forget(round_id, by=EXPIRY, at=at)
    return found
