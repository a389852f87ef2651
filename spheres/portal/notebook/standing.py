"""What does her notebook put beside a file?"""

from __future__ import annotations

from uuid import UUID

from spheres.core.actor import Actor
from spheres.portal.notebook import policy
from spheres.records.places import Block


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way to it, for those who accompany the person. It asks the database nothing."""
    if not policy.can_accompany(actor):
        return None
    return Block("notebook/block.html", {}, beside=True)
