"""What can be done for a reading? Look, hide, show again, write what she says, say that she read.

No text is changed: what is hidden stays as it was written, for her team.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.followup.reading import hiding, policy, queries
from spheres.followup.reading.hiding import Span
from spheres.followup.reading.models import Comment, Lifted, Looked, Mask, Paper, Together
from spheres.records.between.copying import Told
from spheres.sharing.rules import NOTES
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Ticked:
    """What the page says of one opened record: the sentences to hide, by text, and why."""

    id: UUID
    slug: str
    spans: Collection[tuple[str, Span]] = ()
    ground: str = ""
    words: str = ""


@dataclass(frozen=True)
class CommentSaid:
    """What she says of a record, and who held the pen."""

    id: UUID
    slug: str
    record_id: UUID
    words: str
    pen: str


@transaction.atomic(savepoint=False)
def look(record: Any, ticked: Ticked, *, by: Actor, at: datetime) -> list[Mask]:
    """Say that an opened text was looked at, and hide what was ticked. Sent twice, it is once."""
    policy.can_hide(by).or_raise()
    file_id, of = record.file_id, {"record_type": ticked.slug, "record_id": record.pk}
    looked = Looked(id=ticked.id, file_id=file_id, looked_by=by.user_id, looked_at=at, **of)
    if not create_once(looked):
        return []
    texts = queries.texts_of(ticked.slug, record)
    masks = [
        Mask(
            id=uuid5(ticked.id, f"{name} {span.starts}"),
            file_id=file_id,
            of_text=name,
            starts=span.starts,
            ends=span.ends,
            digest=queries.digest_of(record),
            ground=ticked.ground,
            written_by=by.user_id,
            written_at=at,
            **of,
        )
        for name in dict.fromkeys(name for name, _span in ticked.spans)
        for span in _joined([span for text, span in ticked.spans if text == name], texts[name])
    ]
    for mask in masks:
        vault.lock(mask, words=ticked.words)
    Mask.objects.bulk_create(masks)
    audit.record(
        "mask.set" if masks else "reading.looked",
        by=by,
        file_id=file_id,
        sections=[NOTES],
        records=[*(mask.pk for mask in masks), record.pk],
        digest=vault.digest(*masks),
    )
    return masks


def _joined(chosen: list[Span], text: Told) -> list[Span]:
    return chosen if text.is_whole else hiding.joined(chosen, text.words)


@transaction.atomic(savepoint=False)
def lift(file_id: UUID, mask_id: UUID, *, by: Actor, at: datetime) -> None:
    """Show again what a mask hid. Pressed twice, it is ended once, by whom it was first."""
    policy.can_hide(by).or_raise()
    if queries.mask(file_id, mask_id, actor=by) is None:
        return
    lifted = Lifted(mask_id=mask_id, file_id=file_id, lifted_by=by.user_id, lifted_at=at)
    if create_once(lifted):
        audit.record("mask.lifted", by=by, file_id=file_id, sections=[NOTES], records=[mask_id])


@transaction.atomic(savepoint=False)
def write_comment(file_id: UUID, said: CommentSaid, *, by: Actor, at: datetime) -> None:
    """Keep what she says of a text, beside it: hers, never edited, whatever is answered."""
    policy.can_write_comment(by).or_raise()
    comment = Comment(
        id=said.id,
        file_id=file_id,
        record_type=said.slug,
        record_id=said.record_id,
        pen=said.pen,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(comment, words=said.words)
    if create_once(comment):
        _tell("comment.kept", comment, said.record_id, by=by)


@transaction.atomic(savepoint=False)
def hold(file_id: UUID, reading_id: UUID, *, by: Actor, at: datetime) -> None:
    """Leave the trace that she read it, with whom, that day; nothing of what."""
    policy.can_read_together(by).or_raise()
    held = Together(id=reading_id, file_id=file_id, written_by=by.user_id, written_at=at)
    if create_once(held):
        _tell("reading.held", held, by=by)


@transaction.atomic(savepoint=False)
def put_on_paper(file_id: UUID, paper_id: UUID, keep: str, *, by: Actor, at: datetime) -> None:
    """Say that it left on paper, and where she wants it: told in her journal, once each time."""
    policy.can_read_together(by).or_raise()
    paper = Paper(id=paper_id, file_id=file_id, keep=keep, written_by=by.user_id, written_at=at)
    if create_once(paper):
        _tell("reading.on_paper", paper, by=by, basis=keep)


def _tell(
    what: str, row: Comment | Together | Paper, *others: UUID, by: Actor, basis: str = ""
) -> None:
    audit.record(
        what,
        by=by,
        file_id=row.file_id,
        sections=[NOTES],
        records=[row.pk, *others],
        basis=basis,
        digest=vault.digest(row),
    )
