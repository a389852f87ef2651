"""Who was trained in what, until when, what is missing, and is this number valid?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation, Role
from spheres.core import context
from spheres.core.actor import Actor
from spheres.records.between import places
from spheres.sharing.counting import Answering
from spheres.training.attestations import numbers
from spheres.training.attestations.models import (
    OUTSIDE,
    AskedTopics,
    Attestation,
    Invited,
    TakenBack,
)
from spheres.training.catalogue.models import Topic

A_YEAR: Final = timedelta(days=365)
AHEAD: Final = timedelta(days=60)  # what lapses is prepared that long before
MOST: Final = 200  # people or attestations on one page; a choice shows the others
# One word, for whoever holds a number: unknown, taken back and lapsed are one answer.
VALID: Final = Answering(
    name="attestation_valid",
    query="select 'VALID' from attestations_attestation a "
    "where a.number = encode({held}, 'escape') "
    "and coalesce(a.ends_on >= access.today(), true) and not exists ("
    "select from attestations_takenback t where t.attestation_id = a.id)",
    reads={
        "attestations_attestation": ("id", "number", "ends_on"),
        "attestations_takenback": ("attestation_id",),
    },
)
# Of each person and topic, the attestation that holds longest; what was taken back is none.
_NEWEST: Final = """
  select distinct on (a.user_id, a.topic) a.user_id, a.topic, a.taken_on, a.ends_on
  from attestations_attestation a
  where {which} and not exists (
    select from attestations_takenback t where t.attestation_id = a.id)
  order by a.user_id, a.topic, a.ends_on desc nulls first, a.taken_on desc"""
FOLLOWED: Final = Func(
    F("user_id"),
    template="%(expressions)s = any((select access.attested())::uuid[])",
    output_field=BooleanField(),
)
LAPSING: Final = "trainings that lapse"
TODAY: Final = f"(%(at)s at time zone '{settings.TIME_ZONE}')::date"
OF_DAY: Final = f"""
  select json_build_object('topic', n.topic, 'until', n.ends_on)
  from ({_NEWEST.format(which="a.user_id = %(user)s")}) n
  join catalogue_topic c on c.slug = n.topic and c.is_shown
  where n.ends_on between {TODAY} and {TODAY} + {AHEAD.days}"""  # noqa: S608 -- ours


@dataclass(frozen=True)
class Held:
    """One attestation, its topic, and what became of it."""

    row: Attestation
    topic: Topic | None
    name: str
    taken_back: TakenBack | None = None

    @property
    def title(self) -> str:
        return self.topic.title if self.topic else self.row.topic

    @property
    def number(self) -> str:
        return numbers.said(self.row.number)


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


def topics(*, actor: Actor) -> dict[str, Topic]:
    """Every topic, in the order of the region’s files; those offered no more too."""
    context.require(actor)
    return {row.slug: row for row in Topic.objects.order_by("position", "slug")}


def mine(*, actor: Actor) -> list[Held]:
    """All that was attested of myself, the newest first."""
    return _held(Attestation.objects.filter(user_id=actor.user_id), actor=actor)


def of_person(user_id: UUID, *, actor: Actor) -> list[Held]:
    """All that was attested of one person whom I follow."""
    return _held(Attestation.objects.filter(user_id=user_id), actor=actor)


def outside(*, actor: Actor) -> list[Held]:
    """Of those outside the programme, what was said last."""
    found = Attestation.objects.filter(user_id=OUTSIDE).order_by("-said_at", "name", "topic", "pk")
    return _held(found, actor=actor)


def find(attestation_id: UUID, *, actor: Actor) -> Held | None:
    return next(iter(_held(Attestation.objects.filter(pk=attestation_id), actor=actor)), None)


def _held(found: QuerySet[Attestation], *, actor: Actor) -> list[Held]:
    context.require(actor)
    if not found.ordered:
        found = found.order_by("-taken_on", "topic", "-said_at", "pk")
    rows = list(found[:MOST])
    known = topics(actor=actor) if rows else {}
    names = accounts.names_of({row.user_id for row in rows} - {OUTSIDE})
    back = TakenBack.objects.filter(attestation_id__in=[row.pk for row in rows]) if rows else ()
    taken = {one.attestation_id: one for one in back}
    return [
        Held(
            row,
            known.get(row.topic),
            row.name or names.get(row.user_id, ""),
            taken.get(row.pk),
        )
        for row in rows
    ]


def is_valid(number: str, *, actor: Actor) -> bool:
    """Whether an attestation of this number holds today: one question, whatever the answer."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select access.attestation_valid(%s)", [number.encode()])
        return bool(cursor.fetchone()[0])


def coverage(
    wish: Wish, *, actor: Actor, at: datetime, on: date, only: UUID | None = None
) -> Coverage:
    """Where each of those one follows stands, by organisation and name."""
    context.require(actor)
    known = topics(actor=actor)
    offered = [row for row in known.values() if row.is_shown and not row.part_of]
    people: dict[tuple[UUID, UUID], list[Membership]] = {}
    at_work = _at_work(wish, at)
    for one in at_work.filter(user_id=only) if only else at_work:
        people.setdefault((one.organisation_id, one.user_id), []).append(one)
    learned = newest({user for _organisation, user in people})
    places_of = {one.pk: one for one in Organisation.objects.order_by("pk")}
    asked = _asked()
    found = [
        _person(held, learned.get(user, {}), known, _asked_by(body, asked), on)
        for (where, user), held in people.items()
        if (body := _body(where, places_of)) == _body(actor.organisation_id, places_of)
        or actor.has(Role.COORDINATOR)
    ]
    if wish.topic:
        found = [
            one for one in found if wish.topic not in {each.topic.slug for each in standing(one)}
        ]
    found.sort(key=lambda one: (one.organisation, one.name, str(one.user_id)))
    everybody = {one.user_id: {each.topic.slug for each in standing(one)} for one in found}
    counted = [(row, sum(row.slug in held for held in everybody.values())) for row in offered]
    return Coverage(found[:MOST], counted, len(found))


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
    if wish.organisation:
        found = found.filter(organisation__slug=wish.organisation)
    return found.filter(role=wish.role) if wish.role else found


def _person(
    held: Sequence[Membership],
    learned: Mapping[str, tuple[date, date | None]],
    known: Mapping[str, Topic],
    asked: AskedTopics | None,
    on: date,
) -> Person:
    until = tuple(_until(known[slug], *learned[slug], on) for slug in known if slug in learned)
    standing_now = {one.topic.slug for one in until if not one.has_lapsed}
    wanted = asked.begin if asked else []
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


def newest(users: Collection[UUID]) -> dict[UUID, dict[str, tuple[date, date | None]]]:
    """Of each of these people and of each topic, the day, and until when it holds."""
    found: dict[UUID, dict[str, tuple[date, date | None]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST.format(which="a.user_id = any(%s)"), [list(users)])
        for user, topic, taken_on, ends_on in cursor.fetchall():
            found.setdefault(user, {})[topic] = (taken_on, ends_on)
    return found


def _asked() -> dict[UUID | None, AskedTopics]:
    found = AskedTopics.objects.exclude(begin=[]).order_by("pk")
    return {one.organisation_id: one for one in found}


def _asked_by(body: UUID, asked: Mapping[UUID | None, AskedTopics]) -> AskedTopics | None:
    return asked.get(body) or asked.get(None)


def _body(organisation_id: UUID, places_of: Mapping[UUID, Organisation]) -> UUID:
    """The whole of which an organisation is a part: what is asked is asked there."""
    above = places_of[organisation_id].parent_id
    return _body(above, places_of) if above else organisation_id


def bodies_of(
    users: Collection[UUID], *, actor: Actor, at: datetime
) -> dict[UUID, tuple[AskedTopics, set[UUID]]]:
    """Where these people work, and what is asked there; where nothing is asked is left out."""
    context.require(actor)
    asked = _asked()
    places_of = {one.pk: one for one in Organisation.objects.order_by("pk")}
    held = Membership.objects.filter(user_id__in=users, starts_at__lte=at).exclude(ends_at__lte=at)
    found: dict[UUID, tuple[AskedTopics, set[UUID]]] = {}
    for where, user in held.values_list("organisation_id", "user_id").order_by("pk"):
        body = _body(where, places_of)
        if asks := _asked_by(body, asked):
            found.setdefault(body, (asks, set()))[1].add(user)
    return found


def trained_days(
    users: Collection[UUID], asks: AskedTopics, *, actor: Actor
) -> dict[UUID, date | None]:
    """The day that counts for each: when all that is asked to begin was learned, or, since then,
    the last of what is asked each year; none while something is missing."""
    context.require(actor)
    wanted = {*asks.begin, *asks.renew}
    back = TakenBack.objects.filter(attestation_id=OuterRef("pk"))
    rows = Attestation.objects.filter(~Exists(back), user_id__in=users, topic__in=wanted)
    days: dict[UUID, dict[str, list[date]]] = {user: {} for user in users}
    for user, topic, on in rows.values_list("user_id", "topic", "taken_on").order_by("taken_on"):
        days[user].setdefault(topic, []).append(on)
    return {user: _counts_from(asks, learned) for user, learned in days.items()}


def _counts_from(asks: AskedTopics, learned: Mapping[str, Sequence[date]]) -> date | None:
    if not asks.begin or not all(topic in learned for topic in asks.begin):
        return None
    begun = max(learned[topic][0] for topic in asks.begin)
    again = {topic: [on for on in learned.get(topic, ()) if on >= begun] for topic in asks.renew}
    if not asks.renew or not all(again.values()):
        return begun
    return max(begun, min(on[-1] for on in again.values()))


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


def organisations(*, actor: Actor) -> list[Organisation]:
    """Those whose people one may follow: all for the coordination, one's own body for others."""
    context.require(actor)
    rows = {one.pk: one for one in Organisation.objects.filter(left_at=None).order_by("pk")}
    mine = _body(actor.organisation_id, rows)
    found = [
        row for pk, row in rows.items() if actor.has(Role.COORDINATOR) or _body(pk, rows) == mine
    ]
    return sorted(found, key=lambda one: one.name)
