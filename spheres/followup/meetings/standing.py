"""What do planned meetings show on a worker's day, and after her words in a file?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.meetings import policy, queries
from spheres.followup.meetings.queries import Coming
from spheres.participants import queries as participants
from spheres.records.between.places import Block, Locked


@dataclass(frozen=True)
class Line:
    """One meeting of a day: with whom, and whether one may ask already what became of it."""

    meeting: Coming
    name: str
    colleague: str = ""  # whose meeting it is, when it is not the reader's
    may_tell: bool = False


def today(*, actor: Actor) -> Block | None:
    """The meetings of the day; then, gently, what became of those nobody answered for."""
    if not policy.can_write(actor):
        return None
    now = clock.now()
    found = queries.today(at=now, actor=actor)
    files = [row.file_id for row in (*found.planned, *found.asked)]
    names = dict(participants.names(files, actor=actor))

    def lines(rows: list[Coming]) -> list[Line]:
        return [_line(row, names, actor, now) for row in rows if row.file_id in names]

    return Block(
        "meetings/today.html",
        {"lines": lines(found.planned), "asked": lines(found.asked)},
    )


def _line(row: Coming, names: dict[UUID, str], actor: Actor, now: datetime) -> Line:
    colleague = "" if row.worker_id == actor.user_id else row.worker
    return Line(row, names[row.file_id], colleague, row.starts_at <= now)


def next_meeting(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """The next one, whose line is opened with the file; and one that nobody answered for.

    Before a return nothing was left planned: what stopped stopped with it.
    """
    now = clock.now()
    planned = queries.still_planned(file_id, actor=actor) if policy.can_write(actor) else []
    coming = [row for row in planned if row.starts_at >= now]
    past = [row for row in planned if row.starts_at < now]
    return Locked(
        rows=coming[:1],
        block=lambda: Block(
            "meetings/next.html",
            {
                "next": coming[0] if coming else None,
                "more": len(coming) - 1,
                "asked": past[-1] if past else None,
                "may_plan": bool(policy.can_write(actor)),
            },
        ),
    )
