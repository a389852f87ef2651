"""Which sessions are there, who is on their list, what does each cost?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final
from uuid import UUID, uuid5

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation, User
from spheres.core import context, states
from spheres.core.actor import Actor, service
from spheres.records.between import places, trained
from spheres.records.between.reached import ENVIRONMENTS, REGIONS
from spheres.regions import queries as regions
from spheres.training.catalogue import queries as catalogue
from spheres.training.catalogue.models import Topic, Trainer
from spheres.training.sessions.models import CostLine, Enrolment, Outsider, TrainingSession
from spheres.vault import actions as vault

SEATS: Final = service("seats")
Status = Enrolment.Status
TOPIC: Final = {one.attname: one.attname for one in Topic._meta.concrete_fields}
ON_LIST: Final = (Status.ENROLLED, Status.CAME)
SOON, LATELY = timedelta(days=2), timedelta(days=7)
MINE: Final = "training sessions"
# Somebody else said another day or place, since I am on the list.
MOVED: Final = """coalesce(s.moved_by <> %(user)s
    and s.moved_at > greatest(e.asked_at, %(at)s::timestamptz - interval '7 days'), false)"""
# Somebody else called it off, and the coordination looks for another day.
OFF_AT_DESK: Final = "(s.cancelled_by <> %(user)s and (select access.at_the_desk()))"
# Where I have a place or teach, within two days; what is off, or moved; a place freed for me.
MINE_SOON: Final = f"""
select json_build_object('id', s.id, 'fr', t.title_fr, 'en', t.title_en, 'starts_at', s.starts_at,
  'is_off', s.cancelled_at is not null, 'teaches', %(user)s = any(s.trainer_ids),
  'is_moved', {MOVED}, 'is_mine', e.id is not null or %(user)s = any(s.trainer_ids),
  'is_given', e.status = 'ENROLLED' and e.status_at > e.asked_at,
  'from_outside', exists (select from sessions_enrolment o
    where o.session_id = s.id and o.user_id is null and o.status = 'ENROLLED'))
from sessions_trainingsession s join catalogue_topic t on t.id = s.topic_id
left join sessions_enrolment e on e.session_id = s.id and e.user_id = %(user)s
where s.starts_at > %(at)s and s.closed_at is null
  and (e.status = 'ENROLLED' or %(user)s = any(s.trainer_ids)
    or (e.status = 'WAITING' and (s.cancelled_at is not null or {MOVED}))
    or {OFF_AT_DESK})
  and (s.starts_at <= %(at)s::timestamptz + interval '2 days' or s.cancelled_at is not null
    or {MOVED}
    or (e.status_at > e.asked_at and e.status_at > %(at)s::timestamptz - interval '7 days'))
"""  # noqa: S608 -- ours

COACHING: Final = "coaching after a training"
# Of the trainings to which I came in the last two weeks, those that coaching follows.
COACHING_OFFERED: Final = """
select json_build_object('fr', t.title_fr, 'en', t.title_en, 'ends_at', s.ends_at)
from sessions_enrolment e join sessions_trainingsession s on s.id = e.session_id
join catalogue_topic t on t.id = s.topic_id
where e.user_id = %(user)s and e.status = 'CAME' and t.offers_coaching
  and s.ends_at <= %(at)s and s.ends_at > %(at)s::timestamptz - interval '14 days'"""


@dataclass(frozen=True)
class Line:
    """Somebody on a list, by name, from where, and where they stand."""

    row: Enrolment
    name: str
    place: str
    reach: str = ""


@dataclass(frozen=True)
class Shown:
    """A session as a page shows it: who teaches, who receives, where I stand on its list; where it
    was counted, how many have a place or wait."""

    row: TrainingSession
    topic: Topic
    before: list[Topic]  # what is to be learned before it
    trainers: list[str]
    host: str
    mine: Enrolment.Status | None
    counted: tuple[int, int] | None

    @property
    def taken(self) -> int:
        assert self.counted is not None
        return self.counted[0]

    @property
    def waiting(self) -> int:
        assert self.counted is not None
        return self.counted[1]

    @property
    def free(self) -> int:
        return max(0, self.row.places - self.taken)


@contextmanager
def seating() -> Iterator[Actor]:
    """Act as what gives places: whoever enrols reads nothing of the others."""
    with context.acting_as(SEATS) as seats:
        yield seats


def sessions(*, actor: Actor) -> QuerySet[TrainingSession]:
    context.require(actor)
    return TrainingSession.objects.all()


def of_a_year(*, actor: Actor, at: datetime) -> tuple[list[Shown], list[Shown]]:
    """Those that are not over, the first one first; then those of a year that are, the last one
    first. Found together."""
    found = shown(sessions(actor=actor).filter(ends_at__gt=at - timedelta(days=365)), actor)
    found.sort(key=lambda one: (one.row.starts_at, one.row.pk))
    to_come = [one for one in found if one.row.ends_at > at]
    over = [one for one in found if one.row.ends_at <= at]
    return to_come, sorted(over, key=lambda one: one.row.starts_at, reverse=True)


def session(training_id: UUID, *, actor: Actor, counted: bool = True) -> Shown | None:
    """One session. Who wants no figure of its list spares what counts it."""
    found = sessions(actor=actor).filter(pk=training_id)
    return next(iter(shown(found, actor, counted=counted)), None)


def shown(found: QuerySet[TrainingSession], actor: Actor, *, counted: bool = True) -> list[Shown]:
    """Each with its names, in one statement; and what is counted of its list: numbers, and
    nobody’s."""
    # On one list a person is once, whichever organisation they act for.
    mine = Enrolment.objects.filter(session_id=OuterRef("pk"), user_id=actor.user_id)
    rows = list(
        found.annotate(
            topic_said=Subquery(
                Topic.objects.filter(pk=OuterRef("topic_id")).values(said=JSONObject(**TOPIC))
            ),
            before_said=ArraySubquery(
                Topic.objects.filter(Exists(_named_by(OuterRef("slug"))))
                .order_by("position", "slug")
                .values(said=JSONObject(**TOPIC))
            ),
            teachers=ArraySubquery(
                User.objects.filter(_among(F("pk"), OuterRef("trainer_ids"))).values(
                    said=JSONObject(id="pk", name="name")
                )
            ),
            from_outside=ArraySubquery(
                Trainer.objects.filter(_among(F("trainer_id"), OuterRef("trainer_ids")))
                .exclude(outside="")
                .order_by("written_at", "pk")
                .values(said=JSONObject(id="trainer_id", name="outside"))
            ),
            host_said=Subquery(
                Organisation.objects.filter(pk=OuterRef("host_id")).values(
                    said=JSONObject(name_fr="name_fr", name_en="name_en")
                )
            ),
            my_status=Subquery(mine.values("status")),
        )
    )
    numbers = counts([row.pk for row in rows]) if counted and rows else None
    return [_shown(row, numbers) for row in rows]


def _shown(row: Any, numbers: Counter[tuple[UUID, bool]] | None) -> Shown:
    names = {UUID(one["id"]): one["name"] for one in (*row.teachers, *row.from_outside)}
    return Shown(
        row,
        _topic(row.topic_said),
        [_topic(one) for one in row.before_said],
        [names[one] for one in row.trainer_ids if one in names],
        Organisation(**row.host_said).name if row.host_said else "",
        Status(row.my_status) if row.my_status else None,
        None if numbers is None else (numbers[row.pk, True], numbers[row.pk, False]),
    )


def _named_by(slug: OuterRef) -> QuerySet[Topic]:
    """The topic of the session, where it comes after this one."""
    return Topic.objects.filter(_among(slug, F("after")), pk=OuterRef(OuterRef("topic_id")))


def _among(one: F | OuterRef, those: F | OuterRef) -> Func:
    any_of = Func(those, function="any")
    return Func(
        one, any_of, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField()
    )


def _topic(said: dict[str, Any]) -> Topic:
    return Topic(**said | {"id": UUID(said["id"])})


def counts(ids: Collection[UUID]) -> Counter[tuple[UUID, bool]]:
    """How many are on each list, and how many wait: the only thing all may know of it."""
    with seating():
        standing = Enrolment.objects.filter(session_id__in=ids).exclude(status=Status.LEFT)
        return Counter(
            (session_id, status in ON_LIST)
            for session_id, status in standing.values_list("session_id", "status")
        )


def between(
    since: datetime, until: datetime, *, actor: Actor
) -> list[tuple[TrainingSession, Topic, str]]:
    """Those that begin between two moments, each with its topic and the name of who receives."""
    found = sessions(actor=actor).filter(starts_at__gte=since, starts_at__lt=until)
    rows = list(found.order_by("starts_at", "pk"))
    topics, hosts = topics_of(rows), organisations({row.host_id for row in rows})
    return [(row, topics[row.topic_id], hosts.get(row.host_id, "")) for row in rows]


def topics_of(rows: Collection[TrainingSession]) -> dict[UUID, Topic]:
    """What each teaches, also once it is offered no more."""
    if not rows:
        return {}
    return {one.pk: one for one in Topic.objects.filter(pk__in={row.topic_id for row in rows})}


def to_learn_before(of: Shown, *, actor: Actor) -> list[Topic]:
    """What comes before its topic, and in which one's own training does not hold today."""
    if not of.before:
        return []
    held = trained.holds(actor=actor)
    return [one for one in of.before if one.slug not in held]


def lock(training_id: UUID) -> TrainingSession:
    """Held until the transaction ends: two who want the last place come one after the other."""
    return states.lock(TrainingSession.objects.filter(pk=training_id))


def free_seat(of: TrainingSession) -> int | None:
    """The lowest number nobody has; none when all places are taken. Asked as what gives places."""
    numbers = set(
        Enrolment.objects.filter(session_id=of.pk, seat__isnull=False).values_list(
            "seat", flat=True
        )
    )
    if len(numbers) >= of.places:
        return None
    return next(seat for seat in count(1) if seat not in numbers)


def taken(of: TrainingSession) -> int:
    """How many places are given. Asked as what gives places."""
    return Enrolment.objects.filter(session_id=of.pk, seat__isnull=False).count()


def first_waiting(of: TrainingSession) -> Enrolment | None:
    """Whoever has waited longest. Asked as what gives places."""
    waiting = Enrolment.objects.filter(session_id=of.pk, status=Status.WAITING)
    return waiting.order_by("asked_at", "pk").first()


def of_user(training_id: UUID, user_id: UUID) -> UUID:
    """Whoever works in the programme is on one list once, whichever organisation they act for."""
    return uuid5(training_id, str(user_id))


def of_outsider(training_id: UUID, reach: str) -> UUID:
    """Whoever comes from outside is there once, however they write their address or number. Nobody
    makes this number without the key file."""
    digest = vault.keyed_digest("training list", f"{training_id}|{alike(reach)}")
    return UUID(bytes=digest[:16], version=4)


def alike(reach: str) -> str:
    """An address without its capitals; of a number, its last ten figures."""
    if "@" in reach:
        return reach.strip().casefold()
    return "".join(one for one in reach if one.isdigit())[-10:]


def names(of: Shown, *, actor: Actor) -> list[Line]:
    """Everybody on the list, those with a place first, by name. Opened for whoever keeps it."""
    context.require(actor)
    rows = list(Enrolment.objects.filter(session_id=of.row.pk).exclude(status=Status.LEFT))
    told = accounts.names_of({row.user_id for row in rows if row.user_id})
    hosts = organisations({row.organisation_id for row in rows if row.organisation_id})
    theirs = [row.pk for row in rows if row.user_id is None]
    outside = list(Outsider.objects.filter(pk__in=theirs).order_by("pk"))
    vault.open(outside, by=actor)
    said = {one.pk: one.opened for one in outside}
    lines = []
    for row in rows:
        if row.user_id and row.organisation_id:
            who, place = told.get(row.user_id, ""), hosts.get(row.organisation_id, "")
            lines.append(Line(row, who, place))
        elif row.pk in said:
            opened = said[row.pk]
            lines.append(Line(row, opened.name, opened.organisation, opened.reach))
    first = (Status.ENROLLED, Status.CAME, Status.WAITING)
    return sorted(
        lines, key=lambda one: (one.row.status == first[2], one.name.casefold(), str(one.row.pk))
    )


def team(of: Shown, *, actor: Actor, at: datetime) -> list[tuple[UUID, str, str]]:
    """Those who work where I lead: who, by name, and where each stands on this list."""
    context.require(actor)
    working = Membership.objects.filter(
        organisation_id=actor.organisation_id, starts_at__lte=at, user__is_active=True
    ).exclude(ends_at__lte=at)
    found = dict(working.values_list("user_id", "user__name"))
    stands = {
        row.user_id: row.stands
        for row in Enrolment.objects.filter(
            session_id=of.row.pk, organisation_id=actor.organisation_id
        ).exclude(status=Status.LEFT)
    }
    return sorted(
        ((key, name, stands.get(key, "")) for key, name in found.items()),
        key=lambda one: (one[1], str(one[0])),
    )


def who_may_teach(*, actor: Actor, at: datetime) -> list[tuple[UUID, str]]:
    """Whoever works in the programme today, by name."""
    context.require(actor)
    working = Membership.objects.filter(
        starts_at__lte=at, user__is_active=True, organisation__is_partner=True
    ).exclude(ends_at__lte=at)
    found = dict(working.values_list("user_id", "user__name"))
    return sorted(found.items(), key=lambda pair: (pair[1], str(pair[0])))


def who_may_teach_along(*, actor: Actor) -> list[tuple[UUID, str]]:
    """The organisations from outside that the coordination wrote down as teaching something."""
    found = catalogue.trainers(actor=actor)
    return [(one.row.trainer_id, one.name) for one in found if one.row.outside and one.row.topics]


def who_may_receive(*, actor: Actor) -> list[tuple[UUID, str]]:
    """The partners of the programme, by name."""
    context.require(actor)
    found = Organisation.objects.filter(is_partner=True, left_at=None)
    return sorted(((one.pk, one.name) for one in found), key=lambda pair: (pair[1], str(pair[0])))


def topics(*, actor: Actor) -> list[Topic]:
    context.require(actor)
    return list(Topic.objects.filter(is_shown=True).order_by("position", "slug"))


def organisations(ids: Collection[UUID]) -> dict[UUID, str]:
    return {one.pk: one.name for one in Organisation.objects.filter(pk__in=ids)}


def languages_of(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "language"))


def of_quebec() -> list[tuple[str, str]]:
    return regions.choices(REGIONS)


def environments() -> list[tuple[str, str]]:
    return regions.choices(ENVIRONMENTS)


def costs(training_id: UUID, *, actor: Actor) -> dict[str, int]:
    """In cents, by kind: the newest line of each stands."""
    context.require(actor)
    found = CostLine.objects.filter(session_id=training_id).order_by("written_at", "pk")
    return {line.kind: line.cents for line in found}


def by_link(link: str) -> tuple[TrainingSession, int, int] | None:
    """What one page for outsiders shows, for whoever holds its address: the session, how many
    places are free, how many wait; None when there is none."""
    with seating():
        row = TrainingSession.objects.filter(link=link).first()
    if row is None:
        return None
    counted = counts([row.pk])
    return row, max(0, row.places - counted[row.pk, True]), counted[row.pk, False]


def mine_soon(*, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """What my day says of sessions, the first one first."""
    rows = places.rows_of_day(MINE, actor=actor, at=at)
    return sorted(rows, key=lambda row: (row["starts_at"], row["id"]))


def coaching_offered(*, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """After which trainings I may ask for coaching, the newest first."""
    rows = places.rows_of_day(COACHING, actor=actor, at=at)
    return sorted(rows, key=lambda row: (row["ends_at"], row["fr"]), reverse=True)
