"""What can be done with a note? Signed once, never edited, corrected by another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.decision import Decision
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.notes import policy, queries
from spheres.followup.notes.models import NOT_HELD, Note, NoteHandOver, NoteStatus
from spheres.records import actions as records
from spheres.records import policy as may
from spheres.records import queries as kept
from spheres.records.between import hooks
from spheres.records.policy import Official
from spheres.sharing.rules import NOTES
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Written:
    """What the form says. Only the kind and the moment are required."""

    id: UUID
    kind: str
    occurred_at: datetime
    place: str = ""
    length: str = ""
    initiative: str = ""
    tags: Collection[str] = ()
    towards_id: UUID | None = None
    her_words: str = ""
    observation: str = ""
    support: str = ""
    # Of a conversation about change: the summary given back, and whether she agreed to her words.
    guide: str = ""
    given_back: str = ""
    agreed: bool = False


@transaction.atomic(savepoint=False)
def sign(file_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Sign a note: from now on it is kept as written, and her team reads it.

    Its draft is forgotten in the same transaction. Signing twice makes one note.
    """
    _may_keep(written, by).or_raise()
    _write(file_id, written, corrects=None, by=by, at=at)
    return written.id


def id_after(record_id: UUID, file_id: UUID) -> UUID:
    """Under which identifier the note of the next person who was there is signed.

    The same however often the page is sent again; and nobody without the key file can tell that
    one follows the other.
    """
    digest = vault.keyed_digest("next note", f"{record_id}|{file_id}")
    return UUID(bytes=digest[:16], version=4)


@transaction.atomic(savepoint=False)
def correct(note_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Write another note that says what should have been said; both stay readable."""
    standing = queries.lock(note_id, actor=by)
    note = queries.visible(actor=by).get(pk=note_id)
    policy.can_correct(by, note, standing.status).or_raise()
    _may_keep(written, by).or_raise()
    if _write(note.file_id, written, corrects=note, by=by, at=at):
        move(standing, NoteStatus.Status.CORRECTED, by=by, at=at)
    return written.id


@dataclass(frozen=True)
class HandedOver:
    """All that a copy is made of: the opened note, what stands behind it, where it goes."""

    note: Note
    before: list[Note]
    official: Official
    author: str


@transaction.atomic(savepoint=False)
def hand_over(note_id: UUID, copy_id: UUID, shape: str, *, by: Actor, at: datetime) -> HandedOver:
    """Copy a signed note to the official file of its author's own organisation.

    It is marked on the note and told in her journal, with the shape; sent twice, it is one copy.
    """
    note = queries.visible(actor=by).get(pk=note_id)
    official = kept.official(note.file_id, actor=by)
    may.can_hand_over(by, note, note.standing.status, official).or_raise()
    assert official is not None  # said by the policy
    copy = NoteHandOver(
        id=copy_id,
        file_id=note.file_id,
        note=note,
        system=official.system,
        shape=shape,
        handed_by=by.user_id,
        handed_at=at,
    )
    if create_once(copy):
        audit.record(
            "note.handed_over",
            by=by,
            file_id=note.file_id,
            sections=[NOTES],
            records=[copy_id, note_id],
            basis=shape,
        )
    vault.open([note], by=by, sections=[NOTES])
    before = queries.corrected_by(note, actor=by)
    return HandedOver(note, before, official, kept.name_of(note.written_by, actor=by))


def _may_keep(written: Written, by: Actor) -> Decision:
    words = bool(written.her_words)
    return policy.can_keep(by, guide=written.guide, words=words, agreed=written.agreed)


def _write(
    file_id: UUID, written: Written, *, corrects: Note | None, by: Actor, at: datetime
) -> bool:
    note = Note(
        id=written.id,
        file_id=file_id,
        kind=written.kind,
        place=written.place or None,
        length=written.length or None,
        initiative=written.initiative or None,
        tags=sorted(written.tags) or None,
        towards_id=written.towards_id,
        guide=written.guide or None,
        occurred_at=written.occurred_at,
        corrects=corrects,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(
        note,
        her_words=written.her_words,
        observation=written.observation,
        support=written.support,
        given_back=written.given_back,
    )
    stands = NoteStatus(
        note=note,
        file_id=file_id,
        status=NoteStatus.Status.SIGNED,
        status_by=by.user_id,
        status_at=at,
    )
    done = "note.corrected" if corrects else "note.signed"
    if not records.keep_signed(note, stands, done, section=NOTES, by=by):
        return False
    hooks.signed(file_id, was_contact=written.kind not in NOT_HELD, by=by, at=at)
    return True
