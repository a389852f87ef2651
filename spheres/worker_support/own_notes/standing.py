"""What do own notes put before whoever leaves?"""

from __future__ import annotations

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between.places import Block
from spheres.worker_support.own_notes import policy, queries


def before_leaving(*, actor: Actor) -> Block | None:
    """How many there are; to be taken along or put away before the last hour."""
    if not policy.can_write(actor):
        return None
    ends_at = queries.ends_at(actor=actor, at=clock.now())
    says = {
        "number": queries.number(actor=actor),
        "ends_at": ends_at,
        "may_take": policy.can_take(actor, ends_at),
    }
    return Block("own_notes/leaving.html", says)
