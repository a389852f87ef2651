"""What way do questionnaires offer from a person's file? None, where the region has loaded none."""

from __future__ import annotations

from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.instruments import policy, queries
from spheres.records.between.places import Block


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """One link, beside, where there is something to open; nothing is asked for it."""
    if not policy.can_open(actor) or not queries.of_actor(actor):
        return None
    return Block("instruments/block.html", {}, beside=True)
