"""About which files are demands answered, what is written of each, and who may answer?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Model

from spheres.accounts import queries as accounts
from spheres.accounts.models import Membership, Organisation
from spheres.core import context
from spheres.core.actor import SEAT, Actor
from spheres.core.states import lock as lock_row
from spheres.core.working_days import last_working
from spheres.participants.queries import MY_FILES
from spheres.privacy.legal_demands.models import (
    Informing,
    Matter,
    MatterStatus,
    Production,
    Step,
    Verdict,
)
from spheres.privacy.legal_demands.policy import REMINDED_BEFORE, Do, Facts
from spheres.records.between import copying, gathering, together
from spheres.records.between.copying import Goes, Kind
from spheres.sharing.models import Seat
from spheres.sharing.rules import PRIVATE, THERAPY, WORKERS
from spheres.vault import actions as vault
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
  where m.file_id in ({MY_FILES}) and t.same_id is null
    and case when i.way is null then t.status <> '{Status.CLOSED}'
      else i.way = 'LATER' and i.look_again_on <= (%(at)s)::date end"""  # noqa: S608 -- ours
ARRIVED: Final = f"""
  select json_build_object('linked', m.id is not null, 'due_on', case
    when t.status in ('{Status.DELIVERED}', '{Status.OBJECTED}', '{Status.LAPSED}') then null
    else d.due_on end)
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
    found = _whole("m.file_id = %(of)s", file_id, actor=actor)
    return sorted(found, key=lambda one: not one.is_open)


def others_open(answered: Answered, *, actor: Actor) -> list[Answered]:
    """The other demands about the same person, of the same kind, that are not over."""
    row = answered.row
    found = of_file(row.file_id, actor=actor)
    return [
        one for one in found if one.is_open and one.row.pk != row.pk and one.row.kind == row.kind
    ]


def may_be_twice(answered: Answered, *, actor: Actor) -> bool:
    """Whether another of the same kind and day is open about this person; nothing is opened."""
    context.require(actor)
    row = answered.row
    same = Matter.objects.filter(file_id=row.file_id, kind=row.kind, received_on=row.received_on)
    return same.exclude(pk=row.pk).exclude(standing__status=Status.CLOSED).exists()


def number_of(who: str) -> str:
    """What tells one paper from another: its last line, the number when there is one."""
    last = who.strip().rpartition("\n")[2]
    return "".join(sign for sign in last.casefold() if sign.isalnum())


def twins(
    found: Iterable[Answered], kind: str, received_on: date, who: str, *, actor: Actor
) -> list[Answered]:
    """Among these, those that are not over, of the same kind and day, with the same number."""
    near = [
        (one, asked)
        for one in found
        if one.is_open
        and (one.row.kind, one.row.received_on) == (kind, received_on)
        and (asked := one.asked) is not None
    ]
    vault.open([asked for _one, asked in near], by=actor)
    return [one for one, asked in near if number_of(asked.opened.who) == number_of(who)]


def one(matter_id: UUID, *, actor: Actor, file_id: UUID | None = None) -> Answered | None:
    """One of them; None when it is not for this actor to see."""
    found = _whole("m.id = %(of)s", matter_id, actor=actor)
    return next((one for one in found if file_id in {None, one.row.file_id}), None)


def some(matter_ids: Collection[UUID], *, actor: Actor) -> list[Answered]:
    """These, with all that is written of each."""
    return _whole("m.id = any(%(of)s)", sorted(matter_ids), actor=actor)


def is_seated(matter_id: UUID, *, actor: Actor) -> bool:
    """Whether this actor sits at this matter now, on the pages made for it."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select %s = any(access.seated_at('DEMAND'))", [matter_id])
        return actor.purpose == SEAT and bool(cursor.fetchone()[0])


def has_papers(file_id: UUID, matter_id: UUID, *, actor: Actor) -> bool:
    """Whether this demand concerns this file: its papers are kept beside it."""
    context.require(actor)
    return Matter.objects.filter(pk=matter_id, file_id=file_id).exists()


def file_seated_at(matter_id: UUID, *, actor: Actor) -> UUID | None:
    """The file of the matter at which this actor sits now; None without a seat."""
    if not is_seated(matter_id, actor=actor):
        return None
    return Matter.objects.filter(pk=matter_id).values_list("file_id", flat=True).first()


def _of_matters(model: type[Model], order: str, more: str = "") -> gathering.Asked:
    return gathering.Asked(
        model,
        f"select h.* from {model._meta.db_table} h "  # noqa: S608 -- every name is ours
        "join legal_demands_matter m on m.id = h.matter_id "
        f"where {{of}} {more} order by {order}",
    )


NEWEST: Final = "h.written_at desc, h.id"
# One demand, or all those of a file, with what hangs on each: one statement.
WHOLE: Final[dict[str, gathering.Asked]] = {
    "matters": gathering.Asked(
        Matter, "select m.* from legal_demands_matter m where {of} order by m.linked_at desc, m.id"
    ),
    "standing": _of_matters(MatterStatus, "h.matter_id"),
    "steps": _of_matters(Step, NEWEST),
    "informed": _of_matters(Informing, NEWEST),
    "productions": _of_matters(Production, NEWEST),
    "verdicts": _of_matters(Verdict, NEWEST),
    "seats": _of_matters(
        Seat, "h.given_at, h.id", "and h.ended_at is null and h.ends_at > (select access.moment())"
    ),
}


def _whole(which: str, of: object, *, actor: Actor) -> list[Answered]:
    asked = {what: replace(one, query=one.sql.format(of=which)) for what, one in WHOLE.items()}
    found = gathering.at_once(asked, {"of": of}, actor=actor)
    if not found["matters"]:
        return []
    standing = {one.matter_id: one for one in found["standing"]}
    kinds = ("steps", "informed", "productions", "verdicts")
    people = {one.written_by for kind in kinds for one in found[kind]}
    people |= {one.user_id for one in found["seats"]} | {one.linked_by for one in found["matters"]}
    names = accounts.names_of(people)
    return [
        Answered(
            row,
            standing[row.pk],
            names=names,
            actor_id=actor.user_id,
            **{
                kind: [one for one in found[kind] if one.matter_id == row.pk]
                for kind in (*kinds, "seats")
            },
        )
        for row in found["matters"]
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


Listed = list[tuple[Kind, UUID, datetime]]


def texts(file_id: UUID, *, actor: Actor) -> Listed:
    """What was written in the file, the newest first: its kind and its day, unopened; of a
    psychotherapy, and of private pages, nothing; nor what goes to her alone."""
    found = copying.newest(file_id, actor=actor, most=together.ALL_OF_IT)
    return [
        (kind, row.pk, kind.moment(row))
        for kind, row in found
        if kind.section not in NEVER and kind.goes >= Goes.LAW
    ]


def officers(*, actor: Actor) -> Choices:
    """Those in charge of privacy in the organisation to whom files may be given, by name; never
    oneself."""
    return _people("privacy_officers", actor)


def sitters(*, actor: Actor) -> Choices:
    """Counsel, and those in charge of privacy, to whom files may be given; never oneself."""
    return _people("sitters", actor)


def _people(function: str, actor: Actor) -> Choices:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"select access.{function}()")
        ids = [one for one in cursor.fetchone()[0] if one != actor.user_id]
    return _by_name(accounts.names_of_cleared(ids, actor=actor).items())


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
