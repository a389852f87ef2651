"""What do the files of a life say of a reading together, and how is it played? Invented, like all.

An entry is a reading: all that was written is looked at, a sentence is hidden (`hide`, in the note
of one day), then it is read. Or what she says of a note; or what its author answers (`answer`), a
note that corrects it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.followup.notes import actions as notes
from spheres.followup.notes.models import Note
from spheres.followup.reading import actions, hiding, queries
from spheres.followup.reading.hiding import Span
from spheres.followup.reading.models import Ground
from spheres.records.models import Pen, Record
from spheres.regions.reading import Fields, Part
from spheres.sharing.rules import WORKERS
from spheres.vault import actions as vault

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling
    from spheres.config.stories import Check

SLUG: Final = "notes"


@dataclass(frozen=True)
class ReadingSaid:
    """A reading; the sentence that is hidden in the note of one day, and what is said of it."""

    day: int
    who: str
    of: int
    hide: str
    words: str


@dataclass(frozen=True)
class CommentSaid:
    """What she says of the note of one day."""

    day: int
    who: str
    of: int
    her_words: str


@dataclass(frozen=True)
class AnswerSaid:
    """What the author of the note of one day should have said, looked at already."""

    day: int
    who: str
    of: int
    answer: str


Said = ReadingSaid | CommentSaid | AnswerSaid
WORDS: Final = {ReadingSaid: "reading", CommentSaid: "comment", AnswerSaid: "note"}


def of(check: Check) -> list[Said]:
    """Everything the entry says of it."""
    return [_said(check, part) for part in check.listed("readings")]


def _said(check: Check, part: Part) -> Said:
    if "hide" in part.any_fields():
        it = part.fields("day", "by", "of", "hide", optional=("words",))
        day, who, of_day = _when(check, it)
        said = it["words"].text() if "words" in it else ""
        return ReadingSaid(day, who, of_day, it["hide"].text(), said)
    if "answer" in part.any_fields():
        it = part.fields("day", "by", "of", "answer")
        return AnswerSaid(*_when(check, it), it["answer"].text(language=check.language))
    it = part.fields("day", "by", "of", "her_words")
    return CommentSaid(*_when(check, it), it["her_words"].text())


def _when(check: Check, it: Fields) -> tuple[int, str, int]:
    day = check.later_day(it["day"])
    written = {one.any_fields()["day"].plain for one in check.listed("notes")}
    of_day = it["of"].number(-2_000, day)
    if it["of"].plain not in written:
        it["of"].fault(_("no note of this day is told above."))
    return day, check.person_of(it["by"], day, WORKERS), of_day


def act(telling: Telling, said: Said) -> Act:
    """The act of one of these, in its story."""
    who, at = telling._actor(said.who), telling._moment(said.day, "meeting")
    note_id = telling.loading.id("act", f"{telling.story.slug}/note/{said.of}/1")

    def do() -> None:
        match said:
            case ReadingSaid():
                _read(telling.file_id, made.id, note_id, said, by=who, at=at)
            case CommentSaid():
                comment = actions.CommentSaid(made.id, SLUG, note_id, said.her_words, Pen.HER)
                actions.write_comment(telling.file_id, comment, by=who, at=at)
            case AnswerSaid():
                _answer(telling.file_id, made.id, note_id, said, by=who, at=at)

    made = telling._act(WORDS[type(said)], said.day, who, at, do)
    return made


def _read(
    file_id: UUID, number: UUID, note_id: UUID, said: ReadingSaid, *, by: Actor, at: datetime
) -> None:
    found = queries.records(file_id, actor=by)
    marks = queries.marks(file_id, actor=by)
    for kind, record in queries.to_look_at(found, marks, of_age=True):
        vault.open([record], by=by)
        spans = _named(record, said.hide) if record.pk == note_id else []
        ticked = actions.Ticked(
            uuid5(number, str(record.pk)), kind.slug, spans, Ground.OTHER, said.words
        )
        actions.look(record, ticked, by=by, at=at)
    actions.hold(file_id, number, by=by, at=at)


def _named(record: Record, words: str) -> list[tuple[str, Span]]:
    """Where this sentence stands; a life that names none is wrong, and stops."""
    text = record.opened.observation
    spans = [one for one in hiding.sentences(text) if text[one.starts : one.ends] == words]
    if not spans:
        raise ValueError(f"No sentence of this note is «{words}».")
    return [("observation", span) for span in spans]


def _answer(
    file_id: UUID, number: UUID, note_id: UUID, said: AnswerSaid, *, by: Actor, at: datetime
) -> None:
    before = queries.one(file_id, SLUG, note_id, actor=by)
    assert isinstance(before, Note)  # checked above
    answer = notes.Written(number, before.kind, before.occurred_at, observation=said.answer)
    notes.correct(note_id, answer, by=by, at=at)
    written = queries.one(file_id, SLUG, number, actor=by)
    assert written is not None
    vault.open([written], by=by)
    actions.look(written, actions.Ticked(uuid5(number, "looked"), SLUG), by=by, at=at)
