"""How are urgent needs found?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.urgent_needs.models import (
    LEFT,
    OPEN,
    Answer,
    Outcome,
    UrgentNeed,
    UrgentNeedStatus,
)
from spheres.participants import queries as participants
from spheres.records.between import gathering, places

MOST: Final = 20  # on one day's page
STILL_OPEN: Final = "urgent needs"
WAITING: Final = f"""
select json_build_object('need_id', a.need_id, 'file_id', a.file_id, 'need', n.need,
  'occurred_at', n.occurred_at, 'status', a.status)
from urgent_needs_answer a
join urgent_needs_urgentneed n on n.id = a.need_id
join urgent_needs_urgentneedstatus s on s.record_id = a.need_id
where a.status in ({", ".join(f"'{status}'" for status in sorted(OPEN))}) and s.status = 'SIGNED'
order by n.occurred_at, n.id limit {MOST}"""  # noqa: S608 -- every name is ours

ON_PLAN: Final = "unmet needs"
OF_PLAN: Final = f"""
select n.* from urgent_needs_urgentneed n
join urgent_needs_answer a on a.need_id = n.id
join urgent_needs_urgentneedstatus s on s.record_id = n.id
where n.file_id = %(file)s and a.status in ({", ".join(f"'{one}'" for one in sorted(LEFT))})
  and s.status = 'SIGNED' and (%(since)s::timestamptz is null or n.written_at >= %(since)s)
order by n.occurred_at desc, n.id limit {MOST}"""  # noqa: S608 -- every name is ours


NOT_MET: Final = "urgent needs not met"
UNMET: Final = f"""
select json_build_object('need_id', a.need_id, 'file_id', a.file_id, 'need', n.need,
  'occurred_at', n.occurred_at, 'status', a.status)
from urgent_needs_answer a
join urgent_needs_urgentneed n on n.id = a.need_id
join urgent_needs_urgentneedstatus s on s.record_id = a.need_id
where a.status = 'STILL_THERE' and s.status = 'SIGNED'
  and a.file_id in ({participants.MY_FILES})
order by n.occurred_at, n.id limit {MOST}"""  # noqa: S608 -- every name is ours


@dataclass(frozen=True)
class Waiting:
    """A need that waits for somebody, without what was said of it."""

    need_id: UUID
    file_id: UUID
    need: str
    occurred_at: datetime
    status: str


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[UrgentNeed]:
    """Those of one file that the database lets this actor read, newest first."""
    context.require(actor)
    return (
        UrgentNeed.objects.select_related("standing", "answer")
        .filter(file_id=file_id)
        .order_by("-occurred_at", "pk")
    )


def still_open(*, actor: Actor, at: datetime) -> list[Waiting]:
    """What waits today in the files of this actor, the oldest first: nothing is opened."""
    return _of_day(STILL_OPEN, actor, at)


def not_met(*, actor: Actor, at: datetime) -> list[Waiting]:
    """What could not be met for my people and is still there, the oldest first."""
    return _of_day(NOT_MET, actor, at)


def not_met_of(file_id: UUID, *, actor: Actor) -> QuerySet[UrgentNeed]:
    """The same, of one file."""
    rows = of_file(file_id, actor=actor)
    return rows.filter(
        answer__status=Answer.Status.STILL_THERE,
        standing__status=UrgentNeedStatus.Status.SIGNED,
    )


def _of_day(what: str, actor: Actor, at: datetime) -> list[Waiting]:
    found = [
        Waiting(
            need_id=UUID(row["need_id"]),
            file_id=UUID(row["file_id"]),
            need=row["need"],
            occurred_at=datetime.fromisoformat(row["occurred_at"]),
            status=row["status"],
        )
        for row in places.rows_of_day(what, actor=actor, at=at)
    ]
    return sorted(found, key=lambda one: (one.occurred_at, one.need_id))


def unmet(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[UrgentNeed]:
    """What she needed and still needs, met by nobody yet, the newest first; still locked."""
    return gathering.rows(ON_PLAN, file_id, actor=actor, since=since)


def outcomes(record_id: UUID, *, actor: Actor) -> QuerySet[Outcome]:
    """What came of one need, each time it was said, the newest first; still locked."""
    context.require(actor)
    return Outcome.objects.filter(need_id=record_id).order_by("-written_at", "pk")


def lock(record_id: UUID, *, actor: Actor) -> UrgentNeedStatus:
    """Where one record stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(UrgentNeedStatus.objects.filter(pk=record_id))


def lock_answer(record_id: UUID, *, actor: Actor) -> Answer:
    """Where one need stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(Answer.objects.filter(pk=record_id))
