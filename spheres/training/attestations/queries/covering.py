"""Where does each of those one follows stand, topic by topic, and whom does one invite?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import BooleanField, F, Func, QuerySet

from spheres.accounts.models import Membership, Organisation, Role
from spheres.core import context
from spheres.core.actor import Actor
from spheres.records.between import places
from spheres.training.attestations.models import Invited
from spheres.training.attestations.queries.holding import (
    AHEAD,
    LAPSING,
    MOST,
    Held,
    longest,
    newest,
    topics,
)
from spheres.training.attestations.queries.opening import body_of, organisations_asking
from spheres.training.catalogue.models import Topic

A_YEAR: Final = timedelta(days=365)
FOLLOWED: Final = Func(
    F("user_id"),
    template="%(expressions)s = any((select access.attested())::uuid[])",
    output_field=BooleanField(),
)


@dataclass(frozen=True)
class Until:
    """A topic that somebody learned, on which day, and the last day on which it holds."""

    topic: Topic
    taken_on: date
    ends_on: date | None
    has_lapsed: bool
    lapses_soon: bool


@dataclass(frozen=True)
class Person:
    """Somebody at work in an organisation: what she learned, and what is still asked of her."""

    user_id: UUID
    name: str
    organisation: str
    roles: tuple[str, ...]
    learned: tuple[Until, ...]
    missing: tuple[Topic, ...]


@dataclass(frozen=True)
class Wish:
    """Of whom one asks; every part may be left."""

    organisation: str = ""
    role: str = ""
    topic: str = ""
    region: str = ""


@dataclass(frozen=True)
class Coverage:
    """Those one follows, and, of each topic, how many of them hold it today."""

    people: list[Person]
    counted: list[tuple[Topic, int]]
    number: int

    @property
    def is_cut(self) -> bool:
        return self.number > len(self.people)


@dataclass(frozen=True)
class Ground:
    """Every topic; every organisation, with what it asks."""

    topics: Mapping[str, Topic]
    organisations: Mapping[UUID, Organisation]


@dataclass(frozen=True)
class ToRenew:
    """Somebody whose training in a topic lapses in the next sixty days, or has lapsed."""

    user_id: UUID
    name: str
    language: str
    organisation: str
    topic: Topic
    ends_on: date
    invited_on: date | None = None

    @property
    def headed(self) -> str:
        return f"{self.name} · {self.topic.title}"

    @property
    def key(self) -> str:
        return f"{self.user_id} {self.topic.slug}"


def ground(*, actor: Actor) -> Ground:
    """What every page that says where somebody stands begins with."""
    return Ground(topics(actor=actor), organisations_asking(actor=actor))


def coverage(
    wish: Wish,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    on_ground: Ground | None = None,
    only: UUID | None = None,
    most: int | None = MOST,
) -> Coverage:
    """Where each of those one follows stands, by organisation and name."""
    known = on_ground or ground(actor=actor)
    at_work = list(_at_work(wish, at).filter(user_id=only) if only else _at_work(wish, at))
    learned = newest({one.user_id for one in at_work})
    found = _people(at_work, learned, known, actor=actor, on=on)
    if wish.topic:
        found = [
            one for one in found if wish.topic not in {each.topic.slug for each in standing(one)}
        ]
    found.sort(key=lambda one: (one.organisation, one.name, str(one.user_id)))
    everybody = {one.user_id: {each.topic.slug for each in standing(one)} for one in found}
    offered = [row for row in known.topics.values() if row.is_shown and not row.part_of]
    counted = [(row, sum(row.slug in held for held in everybody.values())) for row in offered]
    return Coverage(found[:most], counted, len(found))


def asked_of_me(
    held: Sequence[Held], on_ground: Ground, *, actor: Actor, at: datetime, on: date
) -> list[Topic]:
    """What is still asked of myself where I work, with what was attested of me."""
    at_work = list(_at_work(Wish(), at).filter(user_id=actor.user_id))
    mine = _people(at_work, {actor.user_id: longest(held)}, on_ground, actor=actor, on=on)
    return list(dict.fromkeys(topic for one in mine for topic in one.missing))


def _people(
    at_work: Iterable[Membership],
    learned: Mapping[UUID, Mapping[str, tuple[date, date | None]]],
    known: Ground,
    *,
    actor: Actor,
    on: date,
) -> list[Person]:
    """Each of them in each organisation: all for the coordination, those of one's own body else."""
    context.require(actor)
    people: dict[tuple[UUID, UUID], list[Membership]] = {}
    for one in at_work:
        people.setdefault((one.organisation_id, one.user_id), []).append(one)
    return [
        _person(held, learned.get(user, {}), known, body, on)
        for (where, user), held in people.items()
        if (body := body_of(where, known.organisations))
        == body_of(actor.organisation_id, known.organisations)
        or actor.has(Role.COORDINATOR)
    ]


def standing(one: Person) -> list[Until]:
    """What somebody learned and that holds today."""
    return [each for each in one.learned if not each.has_lapsed]


def _at_work(wish: Wish, at: datetime) -> QuerySet[Membership]:
    found = (
        Membership.objects.filter(FOLLOWED, starts_at__lte=at, user__is_active=True)
        .exclude(ends_at__lte=at)
        .select_related("user", "organisation")
        .order_by("role", "pk")
    )
    if wish.region:
        found = found.filter(organisation__region=wish.region)
    if wish.organisation:
        found = found.filter(organisation__slug=wish.organisation)
    return found.filter(role=wish.role) if wish.role else found


def _person(
    held: Sequence[Membership],
    learned: Mapping[str, tuple[date, date | None]],
    of: Ground,
    body: UUID,
    on: date,
) -> Person:
    known = of.topics
    until = tuple(_until(known[slug], *learned[slug], on) for slug in known if slug in learned)
    standing_now = {one.topic.slug for one in until if not one.has_lapsed}
    wanted = vars(of.organisations[body])["begin"] or []
    return Person(
        held[0].user_id,
        held[0].user.name,
        held[0].organisation.name,
        tuple(dict.fromkeys(str(one.get_role_display()) for one in held)),
        until,
        tuple(known[slug] for slug in wanted if slug in known and slug not in standing_now),
    )


def _until(topic: Topic, taken_on: date, ends_on: date | None, on: date) -> Until:
    lapses = ends_on is not None and ends_on <= on + AHEAD
    has_lapsed = ends_on is not None and ends_on < on
    return Until(topic, taken_on, ends_on, has_lapsed, lapses and not has_lapsed)


def to_renew(*, actor: Actor, at: datetime, on: date) -> list[ToRenew]:
    """Whose training in a topic that is still taught lapses in the next sixty days, or lapsed in
    the last year: the earliest first."""
    context.require(actor)
    known = {slug: row for slug, row in topics(actor=actor).items() if row.is_shown}
    at_work: dict[UUID, Membership] = {}
    for one in _at_work(Wish(), at):
        at_work.setdefault(one.user_id, one)
    invited = {
        (one.user_id, one.topic): one.invited_at.date()
        for one in Invited.objects.order_by("invited_at", "pk")
    }
    found = []
    for user, learned in newest(at_work).items():
        for slug, (_day, until) in learned.items():
            if slug not in known or until is None or not on - A_YEAR <= until <= on + AHEAD:
                continue
            sent = invited.get((user, slug))
            who = at_work[user]
            found.append(
                ToRenew(
                    user, who.user.name, who.user.language, who.organisation.name, known[slug],
                    until, sent if sent and sent >= until - AHEAD else None,
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (one.ends_on, one.name, one.topic.position, one.key))


def lapsing(*, actor: Actor, at: datetime) -> list[Until]:
    """What I learned myself and that lapses in the next sixty days."""
    rows = places.rows_of_day(LAPSING, actor=actor, at=at)
    if not rows:
        return []
    known = topics(actor=actor)
    on = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    found = [_until(known[row["topic"]], on, date.fromisoformat(row["until"]), on) for row in rows]
    return sorted(found, key=lambda one: (str(one.ends_on), one.topic.position))


def colleague(user_id: UUID, *, actor: Actor, at: datetime, on: date) -> Person | None:
    """One of those I follow, as the list says it; nobody else exists here."""
    found = coverage(Wish(), actor=actor, at=at, on=on, only=user_id).people
    return found[0] if found else None


def organisations(on_ground: Ground, *, actor: Actor) -> list[Organisation]:
    """Those whose people one may follow: all for the coordination, one's own body for others."""
    rows = on_ground.organisations
    mine = body_of(actor.organisation_id, rows)
    found = [
        row
        for pk, row in rows.items()
        if row.left_at is None and (actor.has(Role.COORDINATOR) or body_of(pk, rows) == mine)
    ]
    return sorted(found, key=lambda one: one.name)
