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
    Comment,
    Ground,
    Looked,
    Mask,
    Paper,
    Together,
)
from spheres.followup.reading.saying import NOT_LOOKED_AT, REASONS, TITLES_TO_HIDE
from spheres.records import registry
from spheres.records.between import copying, gathering
from spheres.records.between.copying import Found as Found
from spheres.records.between.copying import Kind, Told
from spheres.records.models import Pen
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

MOST: Final = 3_000  # texts of one file that are looked at and read, the newest first
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


def records(file_id: UUID, *, actor: Actor, most: int = MOST, aloud_only: bool = False) -> Found:
    """What was written in her file, the newest first; of a psychotherapy, nothing. On the screen
    that is read together, only what names nobody."""
    found = copying.newest(file_id, actor=actor, most=most, aloud_only=aloud_only)
    return [(kind, row) for kind, row in found if kind.section not in policy.NEVER]


def one(file_id: UUID, slug: str, record_id: UUID, *, actor: Actor) -> Any | None:
    """One text of hers; None when it is not for this actor to read, or not read here."""
    context.require(actor)
    kind = copying.kind(slug)
    if kind is None or kind.section in policy.NEVER:
        return None
    model: Any = kind.model
    rows = (
        registry.get(slug).rows(file_id, actor=actor)
        if copying.is_record(slug)
        else model._default_manager.filter(file_id=file_id)
    )
    return rows.filter(pk=record_id).first()


def mask(file_id: UUID, mask_id: UUID, *, actor: Actor) -> Mask | None:
    """One mask of her file, ended or not."""
    context.require(actor)
    return Mask.objects.filter(file_id=file_id, pk=mask_id).first()


def digest_of(record: Lockable) -> UUID:
    """By what a mask knows the very text it was put on."""
    return UUID(bytes=digest(record)[:16])


def is_closed(row: Any, marks: Marks, *, is_hers: bool, for_another: bool = False) -> bool:
    """Hidden whole, because nobody has looked at it. Her own words are hers at once, and wait when
    they go to another; a correction is another text, which may say again what was hidden: all of
    it waits."""
    if row.pk in marks.looked:
        return False
    return for_another or not is_hers or getattr(row, "corrects_id", None) is not None


def voices(kind: Kind, row: Any, *, of_age: bool) -> set[bool]:
    """Whether this text holds words of hers, words of another's, or both, without opening it. Of
    notes and questionnaires she reads, before the age, her own words alone."""
    said = {
        (part.name, part.is_hers)
        for part in kind.parts
        if getattr(row, part.name)
        and _is_read(kind, part.name, is_hers=part.is_hers, of_age=of_age)
    }
    said |= {
        (one.code, True)
        for one in kind.chosen(row)
        if _is_read(kind, one.code, is_hers=True, of_age=of_age)
    }
    return {is_hers for _name, is_hers in said}


def _is_read(kind: Kind, name: str, *, is_hers: bool, of_age: bool) -> bool:
    if of_age or name == HER_WORDS:
        return True
    return is_hers and kind.section not in policy.NOT_MADE_WITH_HER


def to_look_at(found: Found, marks: Marks, *, of_age: bool) -> Found:
    """What waits to be looked at before she reads it."""
    return [
        (kind, row)
        for kind, row in found
        if any(
            is_closed(row, marks, is_hers=is_hers) for is_hers in voices(kind, row, of_age=of_age)
        )
    ]


def shown(found: Found, *, of_age: bool) -> Found:
    """What a reading shows of these; before the age, what was said or made with her."""
    if of_age:
        return found
    return [
        (kind, row)
        for kind, row in found
        if getattr(row, HER_WORDS, b"") or kind.section not in policy.NOT_MADE_WITH_HER
    ]


def said(found: Found, marks: Marks, *, of_age: bool, for_another: bool = False) -> list[Said]:
    """These texts, opened already, without a character of what is hidden in them."""
    names = accounts.names_of({kind.author(row) for kind, row in found})
    return [
        Said(
            id=row.pk,
            slug=kind.slug,
            title=kind.titled(row),
            at=kind.moment(row),
            mark=_mark(kind, row),
            author=names.get(kind.author(row), ""),
            texts=_texts(kind, row, marks, of_age=of_age, for_another=for_another),
            comments=marks.comments_of(row.pk),
        )
        for kind, row in found
    ]


def _mark(kind: Kind, row: Any) -> str:
    return registry.get(kind.slug).entry(row).mark if copying.is_record(kind.slug) else ""


def told(kind: Kind, row: Any) -> list[tuple[Told, bool]]:
    """All that an opened row says, text by text, and whether it is in her own words."""
    chosen = [(one, True) for one in kind.chosen(row)]
    parts = [
        (one, part.is_hers)
        for part in kind.parts
        if getattr(row, part.name)
        for one in part.told(row)
    ]
    return [(one, is_hers) for one, is_hers in (*chosen, *parts) if one.words]


def _texts(kind: Kind, row: Any, marks: Marks, *, of_age: bool, for_another: bool) -> list[Text]:
    """What she reads of each text; those that nobody has looked at are one mark."""
    read = [
        (one, is_hers)
        for one, is_hers in told(kind, row)
        if _is_read(kind, one.code, is_hers=is_hers, of_age=of_age)
    ]
    closed = [
        one
        for one, is_hers in read
        if is_closed(row, marks, is_hers=is_hers, for_another=for_another)
    ]
    found = [
        Text(one.title, is_hers, _pieces(row, one, marks), one.code)
        for one, is_hers in read
        if one not in closed
    ]
    return [*found, Text("", False, [Piece("", str(NOT_LOOKED_AT))])] if closed else found


def _pieces(row: Any, text: Told, marks: Marks) -> list[Piece]:
    kept = digest_of(row)
    hidden = [
        Hidden(
            # On any other text than the one it was put on, it hides all.
            Span(each.starts, each.ends)
            if each.digest == kept and not text.is_whole
            else Span(0, len(text.words)),
            str(REASONS[Ground(each.ground)]),
            each.opened.words,
        )
        for each in marks.masks_of(row.pk)
        if each.of_text == text.code
    ]
    return hiding.pieces(text.words, hidden)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a text, as a worker ticks it; hidden already, or not."""

    code: str
    words: str
    is_hidden: bool


@dataclass(frozen=True)
class Asked:
    """One text of an opened row, with its title to whoever hides, sentence by sentence."""

    code: str
    title: Any
    sentences: list[Sentence]


def sentences(slug: str, row: Any, marks: Marks) -> list[Asked]:
    """The texts of one opened row, sentence by sentence."""
    kind = copying.kind(slug)
    assert kind is not None
    kept = digest_of(row)
    return [
        Asked(
            text.code,
            TITLES_TO_HIDE.get(text.code, text.title),
            [
                Sentence(
                    f"{text.code}:{span.starts}:{span.ends}",
                    text.words[span.starts : span.ends],
                    any(
                        text.is_whole or _covers(one, span, kept)
                        for one in marks.masks_of(row.pk)
                        if one.of_text == text.code
                    ),
                )
                for span in spans_of(text)
            ],
        )
        for text, _is_hers in told(kind, row)
    ]


def spans_of(text: Told) -> list[Span]:
    """What can be ticked of a text: its sentences; what is said by codes, whole."""
    return [Span(0, len(text.words))] if text.is_whole else hiding.sentences(text.words)


def texts_of(slug: str, row: Any) -> dict[str, Told]:
    """The texts of one opened row by their codes."""
    kind = copying.kind(slug)
    assert kind is not None
    return {text.code: text for text, _is_hers in told(kind, row)}


def _covers(mask: Mask, span: Span, kept: UUID) -> bool:
    on_this = mask.digest == kept
    return not on_this or (mask.starts < span.ends and span.starts < mask.ends)


def pen_of(comment: Comment) -> str:
    """Who held the pen, said to her."""
    return str(Pen(comment.pen).label)
