"""What do exceptional accesses put beside a file, and on the day of whoever opened one?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.exceptional import policy, queries
from spheres.records import places
from spheres.records.places import Block, Handed
from spheres.ui import addresses, moments


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way in, for whoever reads a file for a while. It asks the database nothing."""
    if not policy.can_open(actor):
        return None
    return Block("exceptional/block.html", {"file_id": file_id}, beside=True, for_a_while=True)


def mine(*, actor: Actor) -> list[Handed]:
    """On my day, what I have open at this moment, before all else."""
    if not policy.can_open(actor):
        return []
    rows = places.rows_of_day(queries.OPEN, actor=actor, at=clock.now())
    return [
        Handed(
            sentence=_("Open until %(hour)s: what may protect somebody.")
            % {"hour": moments.hour(datetime.fromisoformat(row["ends_at"]))},
            url=addresses.to("exceptional:opened", row["id"]),
            verb=gettext_lazy("Open it"),
            icon="amber",
            before_all=True,
        )
        for row in sorted(rows, key=lambda row: (row["ends_at"], row["id"]))
    ]
