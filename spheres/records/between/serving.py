"""What is under way for what she needs and wants? Folders say so here, and do not know each other.

A thing says, on its own row, what it is for. What one may not read is not found: a link shows
nothing of it, and nothing is said to be missing to whoever does not read all that could answer
(ADR links).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

from django.db import connection

from spheres.core.actor import Actor
from spheres.participants import queries as participants
from spheres.records.between import gathering, places
from spheres.vault.models import Lockable

# Whoever reads her steps and what was noted of her is told what has nothing under way; whoever does
# not would be told that nothing is, when there is.
ALL_OF_IT: Final = "all that could answer"
READS_ALL: Final = """
select f.* from participants_file f where f.id = %(file)s
  and f.id = any((select access.readable_steps_files())::uuid[])
  and f.id = any((select access.readable_notes_files())::uuid[])"""
UNMET: Final = "needs without anything"
# She said it a week ago at least, since nothing is expected the same day; and not long ago.
DAYS_BEFORE, DAYS_AFTER = 7, 60


@dataclass(frozen=True)
class Serving:
    """Something under way: how it reads once it is opened, and what it is for.

    `at` is when it was done; nothing, while it still goes on.
    """

    what: Callable[[], str]
    url: str
    needs: Sequence[str] = ()
    towards_id: UUID | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Wanted:
    """A dream, a goal or a step of her plan, as another folder may point to it; still locked."""

    id: UUID
    row: Lockable
    line: Callable[[], str]
    url: str


class Pointing(Protocol):
    """A row that says what of her plan it is for."""

    file_id: UUID
    towards_id: UUID | None


@dataclass(frozen=True)
class Matters:
    """What matters to her now, by its codes, and when she said so; no moment: it was talked of."""

    needs: Sequence[str]
    at: datetime | None = None


_serving: list[Callable[..., list[Serving]]] = []
_wanted: list[Callable[..., list[Wanted]]] = []
_matters: list[Callable[..., Matters]] = []
_said: list[str] = []
_answered: list[str] = []


def serve(find: Callable[..., list[Serving]], answered: str) -> None:
    """Register `find(file_id, actor=…, since=…)`, which asks of `gathering` only; and its SQL.

    The SQL gives (file_id, need, at): a code, with its domain or without; when, or nothing while it
    still goes on.
    """
    _serving.append(find)
    _answered.append(answered)


def want(find: Callable[..., list[Wanted]]) -> None:
    """Register `find(file_id, actor=…, since=…, only=…)`: what of her plan may be pointed to."""
    _wanted.append(find)


def matter(find: Callable[..., Matters], said: str = "") -> None:
    """Register `find(file_id, actor=…, since=…)`: what matters to her now, the first that says any.

    The SQL gives (file_id, needs, at): the newest thing she said herself in each file. What she
    said herself comes first; what was only talked of has none.
    """
    if said:
        _said.append(said)
        _matters.insert(0, find)
    else:
        _matters.append(find)


def under_way(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[Serving]:
    """All of it, in the order of the folders; what it says is read once her plan is opened."""
    return [one for find in _serving for one in find(file_id, actor=actor, since=since)]


def wanted(
    file_id: UUID, *, actor: Actor, since: datetime | None = None, only: UUID | None = None
) -> list[Wanted]:
    """What of her plan a thing may be for; one of it only, when it is named."""
    return [one for find in _wanted for one in find(file_id, actor=actor, since=since, only=only)]


def to_choose(
    file_id: UUID, *, actor: Actor, since: datetime | None = None, kept: UUID | None = None
) -> list[Wanted]:
    """What a thing may be said to be for; with what it was for, wherever that stands now."""
    found = wanted(file_id, actor=actor, since=since)
    if kept is None or kept in {one.id for one in found}:
        return found
    return [*wanted(file_id, actor=actor, only=kept), *found]


def pointed_to(record: Pointing, *, actor: Actor) -> list[Wanted]:
    """What of her plan a thing is for, when this actor reads it; still locked."""
    if record.towards_id is None:
        return []
    return wanted(record.file_id, actor=actor, only=record.towards_id)


def matters(file_id: UUID, *, actor: Actor, since: datetime | None) -> Matters:
    """What matters to her now: what she said herself, else what was talked of."""
    found = (find(file_id, actor=actor, since=since) for find in _matters)
    return next((one for one in found if one.needs), Matters(()))


def reads_all(file_id: UUID, *, actor: Actor, since: datetime | None) -> bool:
    """Whether this actor reads everything that could answer a need."""
    return bool(gathering.rows(ALL_OF_IT, file_id, actor=actor, since=since))


def for_need(found: Iterable[Serving], need: str, said_at: datetime | None) -> list[Serving]:
    """What of it is for one need; what was over before she said it answers something else."""
    names = {need, plain(need)}
    return [
        one
        for one in found
        if names & set(one.needs) and (not (one.at and said_at) or one.at >= said_at)
    ]


def plain(need: str) -> str:
    """The code of a need without its domain, as lists of other things say it."""
    return need.partition("_")[2] or need


# Needs with nothing under way: which, in one file; and in which of my files. Never how many.


def _nothing_for(files: str) -> str:
    """SQL: (file_id, need, at, place), of what matters and has nothing; in her order by place."""
    said = " union all ".join(["select null::uuid, null::text[], null::timestamptz", *_said])
    answered = " union all ".join(["select null::uuid, null::text, null::timestamptz", *_answered])
    return f"""select m.file_id, n.need, m.at, n.place
from ({said}) m(file_id, needs, at), unnest(m.needs) with ordinality as n(need, place)
where m.file_id in ({files}) and not exists (
  select from ({answered}) a(file_id, need, at)
  where a.file_id = m.file_id and a.need in (n.need, regexp_replace(n.need, '^[a-z]+_', ''))
    and (a.at is null or a.at >= m.at))"""  # noqa: S608 -- every name is ours


def unmet(file_id: UUID, *, actor: Actor) -> list[str]:
    """The codes of what matters to her now and has nothing under way, in her order.

    Nothing of it is said to whoever does not read all that could answer.
    """
    if not reads_all(file_id, actor=actor, since=None):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{_nothing_for('%s')} order by n.place", [file_id])
        return [need for _file, need, _at, _place in cursor.fetchall()]


def of_day() -> str:
    """What my day asks, with the rest, in its one statement: in which of my files."""
    over = ", ".join(f"'{status}'" for status in sorted(participants.OVER))
    return f"""select distinct on (q.file_id) json_build_object('file_id', q.file_id)
from ({_nothing_for(participants.MY_FILES)}) q
where q.at >= %(at)s::timestamptz - interval '{DAYS_AFTER} days'
  and q.at <= %(at)s::timestamptz - interval '{DAYS_BEFORE} days'
  and not exists (select from participants_followupstatus e where e.file_id = q.file_id
    and e.status_at >= q.at and e.status in ({over}))
order by q.file_id"""  # noqa: S608 -- every name is ours


def with_nothing(*, actor: Actor, at: datetime) -> list[UUID]:
    """Those of my people to whom something matters that has nothing under way."""
    rows: list[dict[str, Any]] = places.rows_of_day(UNMET, actor=actor, at=at)
    return sorted(UUID(row["file_id"]) for row in rows)
