"""What does a reading put beside a file, and beside a record on its own page?"""

from __future__ import annotations

from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.reading import policy, queries
from spheres.records import registry
from spheres.records.models import Record
from spheres.records.places import Block, Locked


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """The way to it, for those who walk with her: nothing is asked, nothing is counted."""
    if not policy.can_read_together(actor):
        return None
    return Block("reading/block.html", {"file_id": file_id}, beside=True)


def beside(record: Record, *, actor: Actor) -> Locked:
    """On the page of a record: what she says of it and of what it corrects, what is hidden of it,
    and the ways to write both."""
    if not policy.can_read_together(actor):
        return Locked([], lambda: None)
    marks = queries.marks(record.file_id, actor=actor)
    behind = getattr(record, "corrects_id", None)
    comments = marks.comments_of(record.pk, *([behind] if behind else []))
    masks = marks.masks_of(record.pk)
    kind = next(one for one in registry.all_types() if isinstance(record, one.model))
    says = {
        "file_id": record.file_id,
        "record_id": record.pk,
        "kind": kind.slug,
        "comments": comments,
        "masks": len(masks),
        "is_looked_at": record.pk in marks.looked,
    }
    return Locked(comments, lambda: Block("reading/beside.html", says))
