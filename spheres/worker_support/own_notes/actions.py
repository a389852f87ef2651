"""What can be done with an own note? Written, put away; then it goes with whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.core.once import create_once
from spheres.sharing import staying
from spheres.vault import actions as vault
from spheres.vault.models import Kind
from spheres.worker_support.own_notes import documents, policy, queries
from spheres.worker_support.own_notes.models import OwnNote, PutAway


@dataclass(frozen=True)
class Written:
    """What is typed: a text, and a pseudonym when there is one."""

    id: UUID
    text: str
    pseudonym: str = ""


@transaction.atomic
def write(written: Written, *, by: Actor, at: datetime) -> None:
    """Keep it for oneself alone. Sent twice, it is kept once."""
    policy.can_write(by).or_raise()
    stay_id = staying.begun(by=by, at=at)
    row = OwnNote(id=written.id, user_id=by.user_id, stay_id=stay_id, written_at=at)
    vault.lock(row, text=written.text, pseudonym=written.pseudonym)
    if create_once(row):
        audit.record("own_note.written", by=by, records=[row.pk], digest=vault.digest(row))


@transaction.atomic
def put_away(note: OwnNote, *, by: Actor, at: datetime) -> None:
    """One is done with it: nobody reads it any more. Pressed twice, it is put away once."""
    if note.user_id != by.user_id:
        raise NotAllowed
    _put_away([note], by=by, at=at)


@transaction.atomic
def put_all_away(*, by: Actor, at: datetime) -> int:
    """All that one keeps; how many."""
    return _put_away(list(OwnNote.objects.filter(user_id=by.user_id)), by=by, at=at)


@transaction.atomic
def take(*, by: Actor, at: datetime) -> bytes:
    """All of one's own notes, on paper, for whoever leaves."""
    policy.can_take(by, queries.ends_at(actor=by, at=at)).or_raise()
    notes = queries.newest(actor=by, most=None)
    audit.record("own_note.taken", by=by, records=[note.pk for note in notes])
    return documents.paper(notes)


def forget(*, by: Actor) -> None:
    """Each night: what was put away is destroyed, but what a legal hold keeps."""
    context.require(by)
    away = list(PutAway.objects.order_by("pk").values_list("pk", flat=True))
    OwnNote.objects.filter(pk__in=away).delete()
    standing = OwnNote.objects.filter(pk__in=away).values_list("pk", flat=True)
    PutAway.objects.filter(pk__in=set(away) - set(standing)).delete()


@transaction.atomic
def leave(stay_id: UUID, *, by: Actor, at: datetime) -> None:
    """Whoever wrote them is gone: key and notes are destroyed; under a legal hold, sealed."""
    if stay_id not in staying.to_end(by=by):
        return
    if staying.seal(stay_id, by=by):
        audit.record("own_note.sealed", by=by, records=[stay_id])
        return
    vault.erase(stay_id, kinds=[Kind.OWN], basis="own_notes.left", by=by, at=at)


def _put_away(notes: list[OwnNote], *, by: Actor, at: datetime) -> int:
    rows = [
        PutAway(id=note.pk, user_id=by.user_id, stay_id=note.stay_id, put_away_at=at)
        for note in notes
    ]
    done = [row.pk for row in rows if create_once(row)]
    if done:
        audit.record("own_note.put_away", by=by, records=done)
    return len(done)
