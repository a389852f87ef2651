"""What stands beside a file of who does what for the person?"""

from __future__ import annotations

from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.parts import policy
from spheres.records.places import Block


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way to it, for those who walk with her: nothing is counted, nothing is said."""
    if not policy.can_write(actor):
        return None
    return Block("parts/block.html", {"file_id": file_id}, beside=True)
