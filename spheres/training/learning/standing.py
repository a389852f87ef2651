"""What does learning put elsewhere? On a session's page, the way to what its group is asked."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.records.between.places import Link
from spheres.training.learning import policy, queries
from spheres.ui import addresses


def riding(kind: str, occasion_id: UUID, *, actor: Actor) -> list[Link]:
    """To whoever asked the group of this session: its questions. To whoever may ask: to do so."""
    if kind != queries.TRAINING or not policy.can_open(actor):
        return []
    found = [one for one in queries.mine(actor=actor) if one.occasion_id == occasion_id]
    if found:
        return [
            Link(one.asks.title, addresses.to("learning:group", one.pk), "question")
            for one in found
        ]
    return [Link(_("Ask the group what it learns"), addresses.to("learning:open"), "question")]
