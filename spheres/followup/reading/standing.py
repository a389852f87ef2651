"""What does a reading put beside a file and a record, and what may a formal copy hold of it?"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.reading import policy, queries
from spheres.records import registry
from spheres.records.between.copying import Goes
from spheres.records.between.places import Block, Locked
from spheres.records.between.together import ALL_OF_IT, Copied, ToCopy
from spheres.records.models import Record
from spheres.vault.models import Lockable


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


def to_copy(
    file_id: UUID,
    *,
    actor: Actor,
    of_age: bool,
    only: Collection[UUID] | None,
    goes: Goes,
) -> ToCopy:
    """What is read together, as a copy of it: the same texts, hidden in the same places; and those
    that are in no reading, which say who she is. Whoever does not read the notes sees no mask, and
    is given nothing."""
    if not queries.reads_notes(file_id, actor=actor):
        return ToCopy([], list)
    whole = queries.records(file_id, actor=actor, most=ALL_OF_IT)
    found = [
        (kind, row) for kind, row in whole if kind.goes >= goes and (only is None or row.pk in only)
    ]
    marks = queries.marks(file_id, actor=actor)
    rows: list[Lockable] = [row for _kind, row in found]

    def make() -> list[Copied]:
        shown = queries.shown(found, of_age=of_age)
        said = queries.said(shown, marks, of_age=of_age, for_another=goes == Goes.ALL)
        return [_copied(one) for one in said]

    return ToCopy([*rows, *marks.rows_of(row.pk for row in rows)], make)


def _copied(one: queries.Said) -> Copied:
    return Copied(
        id=one.id,
        kind=one.slug,
        title=one.title,
        at=one.at,
        author=one.author,
        texts=tuple(
            (
                text.code,
                str(text.title),
                tuple((piece.words, str(piece.reason)) for piece in text.pieces),
            )
            for text in one.texts
        ),
        comments=tuple((comment.written_at, comment.opened.words) for comment in one.comments),
    )
