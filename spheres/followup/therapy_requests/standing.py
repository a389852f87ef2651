"""What does asking for a psychotherapy put beside a file, and on the day of who answers?"""

from __future__ import annotations

from uuid import UUID

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.therapy_requests import policy, queries
from spheres.records import places
from spheres.records.places import Block


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The days, once something was asked; the way to ask, once she agreed. Asks nothing."""
    if not policy.can_ask(actor):
        return None
    to_ask, days = queries.to_ask(file_id), queries.days_read(file_id)
    if not (to_ask or days):
        return None
    says = {"to_ask": to_ask, "requests": days}
    return Block("therapy_requests/block.html", says, beside=True)


def with_us(*, actor: Actor) -> Block | None:
    """How many requests wait for an answer: a number, no name."""
    if not policy.can_answer(actor):
        return None
    waiting = places.rows_of_day(queries.WAITING, actor=actor, at=clock.now())
    if not waiting:
        return None
    return Block("therapy_requests/day.html", {"waiting": len(waiting)})
