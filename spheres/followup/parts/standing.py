"""What stands beside a file of who does what for the person?"""

from __future__ import annotations

from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.parts import policy, queries
from spheres.records.between.places import Block, Locked


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way to it, for those who walk with her: nothing is counted, nothing is said."""
    if not policy.can_write(actor):
        return None
    return Block("parts/block.html", {"file_id": file_id}, beside=True)


def ours(file_id: UUID, consent_id: UUID, *, actor: Actor) -> Locked:
    """At a partner's, on the page of what she shares: its own part, and the way to say what comes
    next. Of one absence, none: somebody answers for a colleague."""
    own = queries.ours(file_id, actor=actor)
    rows = [row for one in own for row in one.rows]

    def told() -> Block | None:
        says = {"parts": own, "consent_id": consent_id}
        return Block("parts/ours_block.html", says) if own else None

    return Locked(rows, told)
