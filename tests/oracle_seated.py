"""What is read from a seat at one matter of the law, said a second time, by another hand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tests.oracle_world import Who, World

NEVER = frozenset({"therapy", "private", "contact", "whereabouts", "journal"})


def seated(world: World, who: Who, file: UUID, at: datetime) -> frozenset[str]:
    """What this one was given to read, sitting at a matter of the law about this file: where it is
    held, as long as it lasts, and as long as nobody has ended it."""
    if world.holders.get(file) != who.organisation:
        return frozenset()
    seats = [
        seat
        for seat in world.seats.get((who.user, file), ())
        if seat.span.holds(at) and (seat.ended is None or at < seat.ended)
    ]
    return frozenset().union(*(seat.faces for seat in seats))


def read_from_a_seat(
    roles: frozenset[str], named: frozenset[str], barred: frozenset[str]
) -> frozenset[tuple[str, str]]:
    """A privacy officer, or counsel, reads what the seat names, never what no seat opens, and
    writes nothing."""
    if not roles & {"counsel", "privacy_officer"}:
        return frozenset()
    return frozenset(("read", face) for face in named - NEVER - barred)
