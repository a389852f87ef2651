"""What way do exercises offer from a person’s file, and from her plan?"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.followup.exercises import policy, queries
from spheres.records.between.places import Block, Locked
from spheres.sharing.rules import PLAN
from spheres.ui import addresses

PICTURES: Final = {
    queries.SPHERES: ("exercises:voices", _("Their spheres as one picture")),
    queries.NEEDS: ("exercises:needs", _("Their needs over time")),
}


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """One link, beside: what was filled is opened on its own page, and asks nothing here."""
    if not policy.can_write(actor):
        return None
    return Block("exercises/block.html", {}, beside=True)


def pictures(file_id: UUID, *, actor: Actor, since: datetime | None = None) -> Locked:
    """On her plan, the ways to what is drawn only when she asks; nothing is opened for them."""

    def block() -> Block | None:
        ways = [
            (label, addresses.to(name, file_id, one.id))
            for one in queries.offered(PLAN)
            if one.is_drawn
            for name, label in [PICTURES[one.asks.purpose]]
        ]
        return Block("exercises/pictures.html", {"ways": ways}) if ways else None

    return Locked((), block)
