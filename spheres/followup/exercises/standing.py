"""What way do exercises offer from a person's file?"""

from __future__ import annotations

from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.exercises import policy
from spheres.records.places import Block


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """One link, beside: what was filled is opened on its own page, and asks nothing here."""
    if not policy.can_write(actor):
        return None
    return Block("exercises/block.html", {}, beside=True)
