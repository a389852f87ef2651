"""How are stage marks found: of one file, by topic?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.stage_marks.models import OWN, StageMark, StageMarkStatus
from spheres.records import queries as kept
from spheres.records.between import gathering

MOST: Final = 200  # on the page of one file's marks
ON_PLAN: Final = 24  # on her plan, of all topics together
NEWEST_MARKS: Final = "stage marks"
NEWEST: Final = f"""
select m.* from stage_marks_stagemark m
join stage_marks_stagemarkstatus s on s.record_id = m.id
where m.file_id = %(file)s and s.status = 'SIGNED'
  and (%(since)s::timestamptz is null or m.written_at >= %(since)s)
order by m.occurred_at desc, m.written_at desc, m.id limit {ON_PLAN}"""  # noqa: S608 -- a number of ours


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[StageMark]:
    """Those of one file that the database lets this actor read, newest first."""
    context.require(actor)
    return (
        StageMark.objects.select_related("standing")
        .filter(file_id=file_id)
        .order_by("-occurred_at", "pk")
    )


def standing_ones(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> list[StageMark]:
    """Those no correction has followed, the newest first; still locked.

    Of somebody who came back, only what was written since, until she asks for the rest.
    """
    rows = of_file(file_id, actor=actor).filter(standing__status=StageMarkStatus.Status.SIGNED)
    rows = kept.written_since(rows, since)
    return list(rows.order_by("-occurred_at", "-written_at", "pk")[:MOST])


def newest(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[StageMark]:
    """The same, as many as her plan shows; read with it."""
    return gathering.rows(NEWEST_MARKS, file_id, actor=actor, since=since)


def by_topic(opened: Iterable[StageMark]) -> list[list[StageMark]]:
    """Opened marks, topic by topic: the topic spoken of last comes first; in each, oldest first."""
    topics: dict[tuple[str, str], list[StageMark]] = {}
    for mark in opened:
        words = mark.opened.topic_words.strip().casefold() if mark.topic == OWN else ""
        topics.setdefault((mark.topic, words), []).append(mark)
    return [marks[::-1] for marks in topics.values()]


def lock(record_id: UUID, *, actor: Actor) -> StageMarkStatus:
    """Where one record stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(StageMarkStatus.objects.filter(pk=record_id))
