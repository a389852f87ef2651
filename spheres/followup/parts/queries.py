"""How is it found who does what for a person, and whether each may read something?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from spheres.accounts import queries as accounts
from spheres.accounts.models import Organisation
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.parts.models import OwnPart, Part
from spheres.participants.models import Identity
from spheres.records.between import gathering, helping
from spheres.records.between.helping import Helping
from spheres.sharing.models import Consent
from spheres.sharing.rules import WALLED_OFF

# The newest text of each part.
PARTS: Final = "parts"
CURRENT: Final = """
select distinct on (p.part_id) p.* from parts_part p where p.file_id = %(file)s
order by p.part_id, p.number desc"""
# All that surrounds her, in one statement: whether one reads all of it (what is hidden must not be
# told as nothing), who accompanies her, who opened it for an hour, what is or was shared with each
# organisation, and the names of organisations.
MINE: Final = "(select %(file)s::uuid as file_id, (select access.moment()) as at) mine"
AROUND: Final = f"""
select 'reads', json_build_object('file_id', mine.file_id)
  from {MINE} where mine.file_id = any((select access.readable_notes_files())::uuid[])
    and mine.file_id = any((select access.readable_relation_files())::uuid[])
union all
select 'team', json_build_object('name', u.name, 'since', a.starts_at, 'part', a.part)
  from {MINE} join participants_assignment a on a.file_id = mine.file_id
  join accounts_user u on u.id = a.user_id
  where a.starts_at <= mine.at and (a.ends_at is null or a.ends_at > mine.at)
union all
select 'hour', json_build_object('name', u.name, 'until', e.ends_at)
  from {MINE} join sharing_exceptionalaccess e on e.file_id = mine.file_id
  join accounts_user u on u.id = e.user_id
  where e.starts_at <= mine.at and e.ends_at > mine.at
union all
select 'consent', json_build_object('organisation_id', c.organisation_id, 'ends_at', c.ends_at,
    'over_at', least(c.ends_at, c.withdrawn_at,
      (select v.ends_at from sharing_cover v where v.id = c.cover_id)),
    'starts_at', c.starts_at)
  from {MINE} join sharing_consent c on c.file_id = mine.file_id
union all
select 'organisation', json_build_object('id', o.id, 'name_fr', o.name_fr, 'name_en', o.name_en,
    'kind', o.kind)
  from accounts_organisation o
  where o.is_partner or o.id = (select access.organisation())
    or o.id in (select p.organisation_id from parts_part p join {MINE} on p.file_id = mine.file_id)
    or o.id in (select c.organisation_id from sharing_consent c
                join {MINE} on c.file_id = mine.file_id)"""  # noqa: S608 -- every name is ours


@dataclass(frozen=True)
class Member:
    """Somebody who accompanies her here, and since when."""

    name: str
    since: date
    is_pivot: bool


@dataclass(frozen=True)
class State:
    """What she shares with an organisation: until a day, asked, ended, or nothing yet."""

    until: date | None = None
    asked_on: date | None = None
    ended_on: date | None = None
    is_police: bool = False  # nothing is ever shared with them


@dataclass(frozen=True)
class Taken:
    """What one organisation does for her, opened; and what she shares with it."""

    organisation: str
    state: State
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Around:
    """Who does what for her, today: her own team, then each other organisation."""

    holder: str
    team: list[Member]
    own: list[Part]  # what her own team does: it needs no consent
    for_an_hour: list[tuple[str, datetime]]
    taken: list[Taken]
    over: list[tuple[str, Part]]
    elsewhere: list[helping.Said]

    @property
    def is_empty(self) -> bool:
        return not self.taken and not self.own


@dataclass(frozen=True)
class Read:
    """All of it, still locked."""

    parts: list[Part]
    there: list[OwnPart]
    helps: list[Helping]
    found: dict[str, list[dict[str, Any]]]

    @property
    def is_whole(self) -> bool:
        """Whether this actor reads all of it: else nothing of it is told, rather than «nobody»."""
        return bool(self.found["reads"])

    @property
    def rows(self) -> list[Any]:
        return [*self.parts, *self.there, *(row for one in self.helps for row in one.rows)]


def current(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[Part]:
    """The text of each part that stands, still locked; what was said before `since` is folded."""
    found: list[Part] = gathering.rows(PARTS, file_id, actor=actor, since=since)
    return [one for one in found if since is None or one.written_at >= since]


def versions(file_id: UUID, part_id: UUID, *, actor: Actor) -> list[Part]:
    """All that was said of one part, the newest first; still locked."""
    context.require(actor)
    found = Part.objects.filter(file_id=file_id, part_id=part_id)
    return list(found.order_by("-number", "pk"))


@dataclass(frozen=True)
class Told:
    """One text of a part, with the name of whoever wrote it."""

    part: Part
    author: str


def told(texts: list[Part], *, actor: Actor) -> list[Told]:
    """The same texts, each with its author."""
    context.require(actor)
    names = accounts.names_of({one.written_by for one in texts}) if texts else {}
    return [Told(one, names.get(one.written_by, "")) for one in texts]


def read(file_id: UUID, *, actor: Actor, since: datetime | None) -> Read:
    """Everything the page shows, before it is opened."""
    helps = helping.found(file_id, actor=actor, since=since)
    parts = current(file_id, actor=actor, since=since)
    there = said_there(parts, own_rows(file_id, actor=actor))
    found: dict[str, list[dict[str, Any]]] = {
        "reads": [], "team": [], "hour": [], "consent": [], "organisation": [],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(AROUND, {"file": file_id})
        for what, row in cursor.fetchall():
            found[what].append(row)
    return Read(parts, there, helps, found)


def own_rows(file_id: UUID, part_id: UUID | None = None, *, actor: Actor) -> list[OwnPart]:
    """What partners read of their own parts, and said since, in order; still locked."""
    context.require(actor)
    rows = OwnPart.objects.filter(file_id=file_id)
    if part_id is not None:
        rows = rows.filter(part_id=part_id)
    return list(rows.order_by("number", "pk"))


def said_there(parts: list[Part], rows: list[OwnPart]) -> list[OwnPart]:
    """Of each part that stands, what the partner said of it since her worker did; noted beside."""
    last: dict[UUID, OwnPart] = {row.part_id: row for row in rows}
    shown = {row.part_id: row.is_shown for row in rows if not row.is_from_there}
    for part in parts:
        part.is_read_there = part.ended_on is None and shown.get(part.part_id, False)
        row = last.get(part.part_id)
        if part.is_read_there and row is not None and row.is_from_there:
            part.there = row
    return [part.there for part in parts if part.there is not None]


@dataclass(frozen=True)
class Ours:
    """One's own part, as it is shown, and what was said here since; `number` is the last one."""

    shown: OwnPart
    since: OwnPart | None

    @property
    def number(self) -> int:
        return (self.since or self.shown).number

    @property
    def rows(self) -> list[OwnPart]:
        return [self.shown, *([self.since] if self.since else [])]

    @property
    def next_step(self) -> str:
        return str((self.since or self.shown).opened.next_step)

    @property
    def next_on(self) -> date | None:
        return (self.since or self.shown).next_on


def ours(file_id: UUID, *, actor: Actor) -> list[Ours]:
    """At a partner's, on the pages of what is shared: its own parts for her; still locked."""
    found: dict[UUID, Ours] = {}
    for row in own_rows(file_id, actor=actor):
        before = found.get(row.part_id)
        found[row.part_id] = Ours(before.shown, row) if before else Ours(row, None)
    return list(found.values())


def shared_file(consent_id: UUID, *, actor: Actor, at: datetime) -> UUID | None:
    """Of which file this consent is, of those that live with one's organisation."""
    context.require(actor)
    mine = Consent.objects.filter(pk=consent_id, organisation_id=actor.organisation_id)
    live = mine.filter(cover_id=None, starts_at__lte=at, ends_at__gt=at, withdrawn_at=None)
    return live.values_list("file_id", flat=True).first()


def identity(file_id: UUID, *, actor: Actor) -> Identity | None:
    """Who she is, still locked; None when that is not open."""
    context.require(actor)
    rows = Identity.objects.filter(file_id=file_id)
    return rows.order_by("-written_at", "pk").first()


def around(read: Read, *, actor: Actor, at: datetime) -> Around:
    """The same, once it is opened: organisations by name."""
    name = "name_en" if get_language() == "en" else "name_fr"
    names = {UUID(row["id"]): row[name] for row in read.found["organisation"]}
    police = {UUID(row["id"]) for row in read.found["organisation"] if row["kind"] == WALLED_OFF}
    live = [part for part in read.parts if part.ended_on is None]
    states = _states(read.found["consent"], at)
    by: dict[UUID, list[Part]] = {}
    for part in sorted(live, key=lambda one: (one.since_on or date.max, one.pk)):
        by.setdefault(part.organisation_id, []).append(part)
    own = by.pop(actor.organisation_id, [])
    shown = {*by, *(one for one, state in states.items() if state.until)}
    taken = [
        Taken(
            names.get(one, ""),
            State(is_police=True)
            if one in police
            else _state(states.get(one, State()), by.get(one, [])),
            by.get(one, []),
        )
        for one in sorted(shown, key=lambda one: (names.get(one, "").casefold(), one))
    ]
    team = sorted(read.found["team"], key=lambda row: (row["part"], row["since"], row["name"]))
    return Around(
        holder=names.get(actor.organisation_id, ""),
        team=[
            Member(r["name"], clock.day_of(_moment(r["since"])), r["part"] == "PIVOT") for r in team
        ],
        own=own,
        for_an_hour=[(r["name"], _moment(r["until"])) for r in read.found["hour"]],
        taken=taken,
        over=[
            (names.get(one.organisation_id, ""), one)
            for one in sorted(read.parts, key=lambda one: (one.ended_on or date.min, one.pk))
            if one.ended_on is not None
        ],
        elsewhere=[line for one in read.helps for line in one.lines()],
    )


def _states(consents: Iterable[dict[str, Any]], at: datetime) -> dict[UUID, State]:
    """With each organisation: the last day of what is shared, or the day on which all was over."""
    states: dict[UUID, State] = {}
    for row in consents:
        one = UUID(row["organisation_id"])
        over, last = _moment(row["over_at"]), _moment(row["ends_at"])
        was = states.get(one, State())
        if _moment(row["starts_at"]) <= at < over:
            until = clock.day_of(last - timedelta(microseconds=1))
            states[one] = State(until=max(until, was.until or until))
        elif was.until is None and over <= at:
            ended = clock.day_of(over)
            states[one] = State(ended_on=max(ended, was.ended_on or ended))
    return states


def _state(state: State, parts: list[Part]) -> State:
    asked = max((one.asked_on for one in parts if one.asked_on), default=None)
    # Asked before it ended, it was answered: the answer is what is said.
    if state.until or (state.ended_on and asked and asked <= state.ended_on):
        return state
    return replace(state, asked_on=asked)


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said)


# Of whom a part may be written.


@dataclass(frozen=True)
class Choice:
    """An organisation that may take a part."""

    id: UUID
    name: str
    is_police: bool
    is_own: bool = False

    @property
    def may_read_it(self) -> bool:
        """Its own part, once she shares with it: never the police; one's own reads all of it."""
        return not self.is_police and not self.is_own


def organisations(*, actor: Actor) -> list[Choice]:
    """One's own, then the partners of the programme by name; the police last."""
    context.require(actor)
    found = Organisation.objects.filter(is_partner=True) | Organisation.objects.filter(
        pk=actor.organisation_id
    )
    choices = [
        Choice(one.pk, one.name, one.kind == WALLED_OFF, one.pk == actor.organisation_id)
        for one in found.order_by("pk")
    ]
    return sorted(
        choices,
        key=lambda one: (one.is_police, one.id != actor.organisation_id, one.name.casefold()),
    )
