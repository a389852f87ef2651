"""What do rounds put elsewhere? On the page of a meeting that carries one, the way to it."""

from __future__ import annotations

from uuid import UUID

from spheres.core.actor import Actor
from spheres.partners.rounds import policy, queries
from spheres.records.between.places import Link
from spheres.ui import addresses


def riding(kind: str, occasion_id: UUID, *, actor: Actor) -> list[Link]:
    """The rounds that ride on it, by the title of what they ask."""
    if not policy.can_look(actor):
        return []
    return [
        Link(one.asks.title, addresses.to("rounds:round", one.pk), "question")
        for one in queries.rounds(actor=actor)
        if one.occasion == kind and one.occasion_id == occasion_id
    ]
