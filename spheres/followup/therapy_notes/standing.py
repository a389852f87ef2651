"""What stands of psychotherapy on a file's page? To its author a way; to others, agreed days."""

from __future__ import annotations

from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.therapy_notes import policy, queries
from spheres.records.between.places import Block
from spheres.sharing import queries as sharing


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """Nothing at all where there is neither a psychotherapist nor a day; asks the database nothing
    of workers."""
    is_hers = bool(policy.can_write(actor))
    days = queries.days_read(file_id)
    keeps = sharing.keeps(file_id, actor=actor)
    may_bring_in = bool(policy.can_bring_in(actor, keeps=keeps)) and queries.has_therapists(file_id)
    if not (is_hers or days or may_bring_in):
        return None
    says = {"is_hers": is_hers, "days": days, "may_bring_in": may_bring_in}
    return Block("therapy_notes/block.html", says, beside=True)
