"""Which demands arrived, about which files are they answered, and what is written of each?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation
from spheres.core import context
from spheres.core.actor import SEAT, Actor
from spheres.core.states import lock as lock_row
from spheres.core.working_days import last_working
from spheres.participants.queries import MY_FILES
from spheres.privacy.legal_demands.models import (
    Demand,
    DemandEnd,
    Informing,
    Matter,
    MatterStatus,
    Production,
    Shown,
    Step,
    Verdict,
)
from spheres.privacy.legal_demands.policy import REMINDED_BEFORE, Do, Facts
from spheres.records import timeline
from spheres.records.registry import RecordType
from spheres.sharing.models import Hold, Seat
from spheres.sharing.rules import PRIVATE, THERAPY, WORKERS
from spheres.vault.models import Lockable

Status = MatterStatus.Status
NEVER: Final = frozenset({THERAPY, PRIVATE})
# To a worker: what was shown to them, and whom of theirs is still to be told. To whoever guards
# privacy: what arrived, what is open, until when. To whoever sits: that a matter waits.
SHOWN, TO_TELL, HERE, SEATS = "demands shown to me", "demands to tell", "demands here", "my seats"
TO_ME: Final = """
  select json_build_object('id', s.id) from legal_demands_shown s
  where s.to_user_id = %(user)s and s.written_at > %(at)s - interval '7 days'
    and not exists (select from legal_demands_matter m where m.demand_id = s.demand_id)"""
# Nobody was told yet; or the day to look at it again has come.
TO_TELL_HER: Final = f"""
  select json_build_object('id', m.id, 'file_id', m.file_id)
  from legal_demands_matter m
  join legal_demands_matterstatus t on t.matter_id = m.id
  left join lateral (
    select i.way, i.look_again_on from legal_demands_informing i
    where i.matter_id = m.id order by i.written_at desc, i.id limit 1) i on true
  where m.file_id in ({MY_FILES})
    and case when i.way is null then t.status <> '{Status.CLOSED}'
      else i.way = 'LATER' and i.look_again_on <= (%(at)s)::date end"""  # noqa: S608 -- ours
ARRIVED: Final = f"""
  select json_build_object('due_on', d.due_on, 'linked', m.id is not null)
  from legal_demands_demand d
  left join legal_demands_matter m on m.demand_id = d.id
  left join legal_demands_matterstatus t on t.matter_id = m.id
  where d.organisation_id = %(here)s
    and coalesce(t.status, '') <> '{Status.CLOSED}'
    and (m.id is not null
      or not exists (select from legal_demands_demandend e where e.id = d.id))
    and access.holds('{{privacy_officer}}')"""  # noqa: S608 -- ours
MY_SEATS: Final = """
  select json_build_object('id', s.matter_id) from sharing_seat s
  where s.user_id = %(user)s and s.kind = 'DEMAND' and s.ended_at is null
    and s.starts_at <= %(at)s and s.ends_at > %(at)s and access.holds('{counsel}')"""
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Clock:
    """The day by which it is answered, and the last working day before it."""

    due_on: date

    @property
    def works_on(self) -> date:
        return last_working(self.due_on)

    @property
    def is_holiday(self) -> bool:
        return self.works_on != self.due_on

    def is_near(self, today: date) -> bool:
        return self.due_on - REMINDED_BEFORE <= today


def clock_of(due_on: date | None) -> Clock | None:
    return Clock(due_on) if due_on else None


@dataclass(frozen=True)
class Answered:
    """One demand about one file, with all that is written of it, the newest first; still locked."""

    row: Matter
    status: MatterStatus
    steps: list[Step] = field(default_factory=list)
    informed: list[Informing] = field(default_factory=list)
    productions: list[Production] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=dict)
    actor_id: UUID | None = None

    @property
    def rows(self) -> list[Lockable]:
        """What is opened with the page; a production is opened on its own."""
        return [*self.steps, *self.informed, *self.verdicts]

    def newest(self, kind: str) -> Step | None:
        return next((one for one in self.steps if one.kind == kind), None)

    @property
    def asked(self) -> Step | None:
        return self.newest(Do.ASKED)

    @property
    def informing(self) -> Informing | None:
        return self.informed[0] if self.informed else None

    @property
    def production(self) -> Production | None:
        """The newest stands."""
        return self.productions[0] if self.productions else None

    def verdict_of(self, production: Production | None) -> Verdict | None:
        found = (one for one in self.verdicts if production and one.production_id == production.pk)
        return next(found, None)

    @property
    def facts(self) -> Facts:
        seen: dict[str, str] = {}
        for one in self.steps:
            seen.setdefault(one.kind, one.code)
        last = self.production
        return Facts(
            kind=self.row.kind,
            asker=self.row.asker,
            status=self.status.status,
            codes=tuple(sorted(seen.items())),
            is_informed=bool(self.informed),
            prepared_by_me=last is not None and last.written_by == self.actor_id,
        )

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        return str(Status(self.status.status).label)

    @property
    def is_open(self) -> bool:
        return self.status.status in MatterStatus.OPEN

    @property
    def waits(self) -> bool:
        """Whether whoever demands is still to be answered."""
        return self.status.status in {Status.FROZEN, Status.PREPARED, Status.RELEASED}

    @property
    def clock(self) -> Clock | None:
        return clock_of(self.row.due_on)

    def seat_of(self, user_id: UUID) -> Seat | None:
        """The seat from which somebody reads what it was given for; None once it was answered."""
        mine = [one for one in self.seats if one.user_id == user_id and one.narrowed_at is None]
        return mine[0] if mine else None

    @property
    def is_read(self) -> bool:
        """Whether anybody sits there to weigh it."""
        return any(seat.narrowed_at is None for seat in self.seats)

    @property
    def who_sits(self) -> list[str]:
        return [self.names.get(seat.user_id, "") for seat in self.seats]


def of_file(file_id: UUID, *, actor: Actor) -> list[Answered]:
    """All the demands about one file, those that are open first."""
    context.require(actor)
    rows = Matter.objects.filter(file_id=file_id).select_related("standing")
    found = _whole(rows.order_by("-linked_at", "pk"), actor=actor)
    return sorted(found, key=lambda one: not one.is_open)


def one(matter_id: UUID, *, actor: Actor, file_id: UUID | None = None) -> Answered | None:
    """One of them; None when it is not for this actor to see."""
    context.require(actor)
    rows = Matter.objects.filter(pk=matter_id).select_related("standing")
    if file_id is not None:
        rows = rows.filter(file_id=file_id)
    return next(iter(_whole(rows.order_by("pk"), actor=actor)), None)


def some(rows: QuerySet[Matter], *, actor: Actor) -> list[Answered]:
    """These, with all that is written of each, in few statements."""
    context.require(actor)
    return _whole(rows.select_related("standing").order_by("pk"), actor=actor)


def is_seated(matter_id: UUID, *, actor: Actor) -> bool:
    """Whether this actor sits at this matter now, on the pages made for it."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(access.seated_at('DEMAND'))", [matter_id])
        return actor.purpose == SEAT and bool(cursor.fetchone()[0])


def _whole(rows: QuerySet[Matter], *, actor: Actor) -> list[Answered]:
    found = list(rows)
    ids = [row.pk for row in found]
    if not ids:
        return []
    at = context.moment()
    hang: dict[str, Any] = {"matter_id__in": ids}
    order = ("-written_at", "pk")
    steps = list(Step.objects.filter(**hang).order_by(*order))
    informed = list(Informing.objects.filter(**hang).order_by(*order))
    productions = list(Production.objects.filter(**hang).order_by(*order))
    verdicts = list(Verdict.objects.filter(**hang).order_by(*order))
    live = Seat.objects.filter(matter_id__in=ids, ended_at=None, ends_at__gt=at)
    seats = list(live.order_by("given_at", "pk"))
    people = {one.written_by for one in (*steps, *informed, *productions, *verdicts)}
    names = accounts.names_of(people | {s.user_id for s in seats} | {r.linked_by for r in found})
    return [
        Answered(
            row,
            row.standing,
            [one for one in steps if one.matter_id == row.pk],
            [one for one in informed if one.matter_id == row.pk],
            [one for one in productions if one.matter_id == row.pk],
            [one for one in verdicts if one.matter_id == row.pk],
            [one for one in seats if one.matter_id == row.pk],
            names,
            actor.user_id,
        )
        for row in found
    ]


def lock(answered: Answered) -> MatterStatus:
    """Where it stands, held until the end of the transaction."""
    return lock_row(MatterStatus.objects.filter(pk=answered.row.pk))


def is_answered(demand_id: UUID, *, actor: Actor) -> bool:
    """Whether a file of the organisation answers it, whosever it is."""
    context.require(actor)
    return Matter.objects.filter(demand_id=demand_id).exists()


def is_linked(file_id: UUID, demand_id: UUID, *, actor: Actor) -> bool:
    context.require(actor)
    return Matter.objects.filter(file_id=file_id, demand_id=demand_id).exists()


Listed = list[tuple[RecordType, UUID, datetime]]


def texts(file_id: UUID, *, actor: Actor, most: int = 300) -> Listed:
    """What was written in the file, the newest first: its kind and its day, unopened; of a
    psychotherapy, and of private pages, nothing."""
    found = timeline.newest(file_id, actor=actor, since=None, most=most)
    return [
        (kind, record.pk, record.occurred_at) for kind, record in found if kind.section not in NEVER
    ]


def officers(*, actor: Actor) -> Choices:
    """Those in charge of privacy in the organisation today, by name; never oneself."""
    return _people("privacy_officers", actor)


def sitters(*, actor: Actor) -> Choices:
    """Counsel, and those in charge of privacy, in the organisation today; never oneself."""
    return _people("sitters", actor)


def _people(function: str, actor: Actor) -> Choices:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"select access.{function}()")
        ids = [one for one in cursor.fetchone()[0] if one != actor.user_id]
    return _by_name(accounts.names_of(ids).items())


def workers(*, actor: Actor, at: datetime) -> Choices:
    """Those who accompany people in the organisation today, by name."""
    context.require(actor)
    live = Membership.objects.filter(
        organisation_id=actor.organisation_id, role__in=WORKERS, starts_at__lte=at,
        user__is_active=True,
    ).exclude(ends_at__lte=at)  # fmt: skip
    named = live.exclude(user_id=actor.user_id).order_by("user_id", "user__name")
    return _by_name(dict(named.values_list("user_id", "user__name")).items())


def _by_name(people: Iterable[tuple[UUID, str]]) -> Choices:
    return sorted(((str(pk), name) for pk, name in people), key=lambda one: one[1].casefold())


def organisation(organisation_id: UUID, *, actor: Actor) -> Organisation:
    """Where the demand is answered: its name, its regime, its privacy officer."""
    context.require(actor)
    return Organisation.objects.get(pk=organisation_id)


# The desk of whoever is in charge of privacy.


@dataclass(frozen=True)
class Arrived:
    """One demand as it arrived, where it went, and to whom it was shown."""

    row: Demand
    matters: list[Answered]
    end: DemandEnd | None
    shown_to: list[str]
    received_by: str

    @property
    def waits(self) -> bool:
        """Nobody has said whom it concerns, and nobody has answered it."""
        return self.end is None and not self.matters

    @property
    def is_open(self) -> bool:
        """Ended as nobody’s, and linked since by somebody who was not there: it is open again."""
        return self.waits or any(matter.is_open for matter in self.matters)

    @property
    def clock(self) -> Clock | None:
        return clock_of(self.row.due_on)


def arrived(*, actor: Actor) -> list[Arrived]:
    """All of the organisation, those that wait first, the nearest day first; still locked."""
    context.require(actor)
    found = _arrived(Demand.objects.order_by("received_on", "pk"), actor=actor)
    return sorted(found, key=lambda one: (not one.is_open, one.row.due_on or date.max))


def demand(demand_id: UUID, *, actor: Actor) -> Arrived | None:
    context.require(actor)
    return next(iter(_arrived(Demand.objects.filter(pk=demand_id), actor=actor)), None)


def _arrived(rows: QuerySet[Demand], *, actor: Actor) -> list[Arrived]:
    found = list(rows.order_by("received_on", "pk"))
    ids = [row.pk for row in found]
    if not ids:
        return []
    matters = Matter.objects.filter(demand_id__in=ids).select_related("standing")
    answered = [
        Answered(row, row.standing, actor_id=actor.user_id)
        for row in matters.order_by("linked_at", "pk")
    ]
    ends = {one.pk: one for one in DemandEnd.objects.filter(pk__in=ids)}
    shown = list(Shown.objects.filter(demand_id__in=ids).order_by("written_at", "pk"))
    names = accounts.names_of({one.to_user_id for one in shown} | {r.written_by for r in found})
    return [
        Arrived(
            row,
            [one for one in answered if one.row.demand_id == row.pk],
            ends.get(row.pk),
            [names.get(one.to_user_id, "") for one in shown if one.demand_id == row.pk],
            names.get(row.written_by, ""),
        )
        for row in found
    ]


def seats(*, actor: Actor, at: datetime) -> list[Seat]:
    """The matters at which this actor sits now: identifiers, no name, no word."""
    context.require(actor)
    live = Seat.objects.filter(
        user_id=actor.user_id, kind=Seat.Kind.DEMAND, ended_at=None, starts_at__lte=at,
        ends_at__gt=at,
    )  # fmt: skip
    return list(live.order_by("given_at", "pk"))


def shown_to_me(*, actor: Actor, at: datetime) -> QuerySet[Shown]:
    """The demands of the week that a colleague in charge of privacy showed me."""
    context.require(actor)
    mine = Shown.objects.filter(to_user_id=actor.user_id, written_at__gt=at - timedelta(7))
    return mine.order_by("received_on", "pk")


def hold(matter_id: UUID, *, actor: Actor) -> Hold | None:
    """The hold of one matter, as far as one knows of it."""
    context.require(actor)
    return Hold.objects.filter(pk=matter_id).first()
