"""What of her file does she read, what of it is hidden, and what waits to be looked at before?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from spheres.accounts import queries as accounts
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.reading import hiding, policy
from spheres.followup.reading.hiding import Hidden, Piece, Span
from spheres.followup.reading.models import (
    HER_WORDS,
    TEXTS,
    Comment,
    Ground,
    Looked,
    Mask,
    Paper,
    Together,
)
from spheres.followup.reading.saying import NOT_LOOKED_AT, REASONS, TITLES
from spheres.records import registry, timeline
from spheres.records.between import gathering
from spheres.records.models import Pen, Record
from spheres.records.registry import RecordType
from spheres.vault.models import Lockable
from spheres.vault.queries import digest

# Asked in one statement, by the page of a reading and by that of a record.
MASKS, LOOKED, COMMENTS = "masks", "looked at", "comments"
HELD, PAPERS = "read together", "put on paper"
MASKS_OF: Final = """
select m.* from reading_mask m
where m.file_id = %(file)s
  and not exists (select from reading_lifted l where l.mask_id = m.id)
order by m.record_id, m.of_text, m.starts, m.ends, m.id"""
LOOKED_OF: Final = "select l.* from reading_looked l where l.file_id = %(file)s"
COMMENTS_OF: Final = """
select r.* from reading_comment r where r.file_id = %(file)s order by r.written_at, r.id"""
HELD_OF: Final = """
select t.* from reading_together t where t.file_id = %(file)s
order by t.written_at desc, t.id limit 3"""
PAPERS_OF: Final = """
select p.* from reading_paper p where p.file_id = %(file)s
order by p.written_at desc, p.id limit 3"""

READS_NOTES: Final = "select %s = any((select access.readable_notes_files())::uuid[])"

MOST: Final = 300  # texts of one file that are listed to be looked at, the newest first
PAGE: Final = 15


@dataclass(frozen=True)
class Marks:
    """What is hidden in one file, which texts were looked at, and what she said of them."""

    masks: list[Mask]
    looked: frozenset[UUID]
    comments: list[Comment]
    held: list[Together]
    papers: list[Paper]

    def masks_of(self, record_id: UUID) -> list[Mask]:
        return [one for one in self.masks if one.record_id == record_id]

    def comments_of(self, *records: UUID) -> list[Comment]:
        return [one for one in self.comments if one.record_id in records]

    def rows_of(self, records: Iterable[UUID]) -> list[Lockable]:
        """What is opened with these records: what may be said of each mask, and her words."""
        ids = set(records)
        masks = [one for one in self.masks if one.record_id in ids]
        return [*masks, *(one for one in self.comments if one.record_id in ids)]


@dataclass(frozen=True)
class Text:
    """One text of a record as she reads it."""

    title: Any
    is_hers: bool
    pieces: list[Piece]
    code: str = ""  # which of the texts of a record; empty: what nobody has looked at yet


@dataclass(frozen=True)
class Said:
    """One record as she reads it, and her comments beside it."""

    id: UUID
    slug: str
    title: str
    at: datetime
    mark: str
    author: str
    texts: list[Text]
    comments: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """Some of her file, the newest first."""

    said: list[Said]
    page: int
    has_more: bool

    @property
    def newer(self) -> int:
        return self.page - 1

    @property
    def older(self) -> int:
        return self.page + 1


Found = list[tuple[RecordType, Record]]


def marks(file_id: UUID, *, actor: Actor) -> Marks:
    """All of one file, in one statement; still locked."""
    gathering.read(gathering.OF_READING, file_id, actor=actor, since=None)

    def rows(what: str) -> list[Any]:
        return gathering.rows(what, file_id, actor=actor)

    looked: list[Looked] = rows(LOOKED)
    return Marks(
        rows(MASKS),
        frozenset(one.record_id for one in looked),
        rows(COMMENTS),
        rows(HELD),
        rows(PAPERS),
    )


def reads_notes(file_id: UUID, *, actor: Actor) -> bool:
    """Whether this actor reads the notes of this file, and so what is hidden in all of it. Who is
    kept from them sees no mask: to them a text that somebody masked would look whole."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(READS_NOTES, [file_id])
        return bool(cursor.fetchone()[0])


def records(file_id: UUID, *, actor: Actor, most: int = MOST) -> Found:
    """What was written in her file, the newest first; of a psychotherapy, nothing."""
    found = timeline.newest(file_id, actor=actor, since=None, most=most)
    return [(kind, record) for kind, record in found if kind.section not in policy.NEVER]


def one(file_id: UUID, slug: str, record_id: UUID, *, actor: Actor) -> Record | None:
    """One record of hers; None when it is not for this actor to read, or not read here."""
    context.require(actor)
    kind = next((each for each in registry.all_types() if each.slug == slug), None)
    if kind is None or kind.section in policy.NEVER:
        return None
    found: Record | None = kind.rows(file_id, actor=actor).filter(pk=record_id).first()
    return found


def mask(file_id: UUID, mask_id: UUID, *, actor: Actor) -> Mask | None:
    """One mask of her file, ended or not."""
    context.require(actor)
    return Mask.objects.filter(file_id=file_id, pk=mask_id).first()


def digest_of(record: Record) -> UUID:
    """By what a mask knows the very text it was put on."""
    return UUID(bytes=digest(record)[:16])


def is_closed(record: Record, text: str, marks: Marks, *, for_another: bool = False) -> bool:
    """Hidden whole, because nobody has looked at it. Her own words are hers at once, and wait when
    they go to another; a correction is another text, which may say again what was hidden: all of
    it waits."""
    if record.pk in marks.looked:
        return False
    return for_another or text != HER_WORDS or getattr(record, "corrects_id", None) is not None


def texts_of(record: Record) -> list[str]:
    """The texts of this record that say something, without opening them."""
    known = record.locked_fields()
    return [name for name in TEXTS if name in known and getattr(record, name)]


def to_look_at(found: Found, marks: Marks, *, of_age: bool) -> Found:
    """What waits to be looked at before she reads it."""
    return [
        (kind, record)
        for kind, record in found
        if any(
            is_closed(record, text, marks)
            for text in texts_of(record)
            if of_age or text == HER_WORDS
        )
    ]


def shown(found: Found, *, of_age: bool) -> Found:
    """What a reading shows of these; before the age, what was said or made with her."""
    if of_age:
        return found
    return [
        (kind, record)
        for kind, record in found
        if record.her_words or kind.section not in policy.NOT_MADE_WITH_HER
    ]


def said(found: Found, marks: Marks, *, of_age: bool, for_another: bool = False) -> list[Said]:
    """These records, opened already, without a character of what is hidden in them."""
    names = accounts.names_of({record.written_by for _kind, record in found})
    told = []
    for kind, record in found:
        entry = kind.entry(record)
        told.append(
            Said(
                id=record.pk,
                slug=kind.slug,
                title=entry.title,
                at=record.occurred_at,
                mark=entry.mark,
                author=names.get(record.written_by, ""),
                texts=_texts(record, marks, of_age=of_age, for_another=for_another),
                comments=marks.comments_of(record.pk),
            )
        )
    return told


def _texts(record: Record, marks: Marks, *, of_age: bool, for_another: bool) -> list[Text]:
    """What she reads of each text; those that nobody has looked at are one mark."""
    names = [name for name in texts_of(record) if of_age or name == HER_WORDS]
    closed = [name for name in names if is_closed(record, name, marks, for_another=for_another)]
    found = [
        Text(TITLES[name], name == HER_WORDS, _pieces(record, name, marks), name)
        for name in names
        if name not in closed
    ]
    return [*found, Text("", False, [Piece("", str(NOT_LOOKED_AT))])] if closed else found


def _pieces(record: Record, name: str, marks: Marks) -> list[Piece]:
    text = getattr(record.opened, name)
    kept = digest_of(record)
    hidden = [
        Hidden(
            # On any other text than the one it was put on, it hides all.
            Span(each.starts, each.ends) if each.digest == kept else Span(0, len(text)),
            str(REASONS[Ground(each.ground)]),
            each.opened.words,
        )
        for each in marks.masks_of(record.pk)
        if each.of_text == name
    ]
    return hiding.pieces(text, hidden)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a text, as a worker ticks it; hidden already, or not."""

    code: str
    words: str
    is_hidden: bool


def sentences(record: Record, marks: Marks) -> list[tuple[str, list[Sentence]]]:
    """The texts of one opened record, sentence by sentence."""
    kept = digest_of(record)
    found = []
    for name in texts_of(record):
        text = getattr(record.opened, name)
        masks = [one for one in marks.masks_of(record.pk) if one.of_text == name]
        found.append(
            (
                name,
                [
                    Sentence(
                        f"{name}:{span.starts}:{span.ends}",
                        text[span.starts : span.ends],
                        any(_covers(one, span, kept) for one in masks),
                    )
                    for span in hiding.sentences(text)
                ],
            )
        )
    return found


def _covers(mask: Mask, span: Span, kept: UUID) -> bool:
    on_this = mask.digest == kept
    return not on_this or (mask.starts < span.ends and span.starts < mask.ends)


def pen_of(comment: Comment) -> str:
    """Who held the pen, said to her."""
    return str(Pen(comment.pen).label)
