"""What is read from a seat, and for a while, said a second time, by another hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.oracle_world import Who, World

NEVER = frozenset({"therapy", "private", "contact", "whereabouts", "journal"})

ANSWERED = frozenset({"identity", "legal", "relation"})


def seated(world: World, who: Who, file: UUID, at: datetime) -> frozenset[str]:
    """What this one was given to read, sitting at a matter of the law about this file: where it is
    held, as long as it lasts, and as long as nobody has ended it; once it is answered, who she is
    and the matter alone. Given since they took the office that they hold, and never to somebody
    whom the police employ."""
    if world.holders.get(file) != who.organisation:
        return frozenset()
    jobs = [job for job in world.memberships.get(who.user, ()) if job.span.holds(at)]
    if any(job.organisation in world.police for job in jobs):
        return frozenset()
    offices = [
        job.span.starts
        for job in jobs
        if job.organisation == who.organisation and job.role in {"counsel", "privacy_officer"}
    ]
    seats = [
        seat
        for seat in world.seats.get((who.user, file), ())
        if seat.span.holds(at) and (seat.ended is None or at < seat.ended)
        if any(begun <= seat.span.starts for begun in offices)
    ]
    return frozenset().union(
        *(
            seat.faces & ANSWERED if seat.narrowed and seat.narrowed <= at else seat.faces
            for seat in seats
        )
    )


def read_from_a_seat(
    roles: frozenset[str], named: frozenset[str], barred: frozenset[str]
) -> frozenset[tuple[str, str]]:
    """A privacy officer, or counsel, reads what the seat names, never what no seat opens, and
    writes nothing."""
    if not roles & {"counsel", "privacy_officer"}:
        return frozenset()
    return frozenset(("read", face) for face in named - NEVER - barred)


def rights_for_a_while(link: Any, faces: Iterable[str]) -> set[tuple[str, str]]:
    """What a worker is given for a while: answering for a colleague, handed over, a word said."""
    allowed: set[tuple[str, str]] = set()
    if link.covers:
        allowed |= {("read", face) for face in ("identity", "contact", "summary", "relation")}
        allowed |= {("append", "notes"), ("append", "contact")}
    if link.bereft or (link.recognised and link.alone) or "relation" in link.handed:
        allowed.add(("append", "relation"))
    allowed |= {("read", face) for face in link.handed}
    if link.recognised:
        allowed |= {("read", face) for face in ("contact", "summary", "relation")}
    if link.joined:
        allowed |= {("read", face) for face in faces if face not in {"therapy", "private"}}
    return allowed
