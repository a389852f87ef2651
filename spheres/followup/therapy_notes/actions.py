"""What can be done with a psychotherapy note? Signed once, followed by another; a day shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.therapy_notes import policy, queries
from spheres.followup.therapy_notes.models import TherapyDay, TherapyNote, TherapyNoteStatus
from spheres.participants.models import Assignment
from spheres.records import actions as records
from spheres.sharing import queries as sharing
from spheres.sharing.rules import RELATION, THERAPY
from spheres.vault import actions as vault

TEXTS: Final = ("her_words", "observation", "support")


@dataclass(frozen=True)
class Written:
    """What the form says. Only the moment is required; a day is shown when she agreed to it."""

    id: UUID
    occurred_at: datetime
    her_words: str = ""
    observation: str = ""
    support: str = ""
    shows_day: bool = False


@transaction.atomic(savepoint=False)
def sign(file_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Sign a note: it is kept as it was written, for its author alone. Sent twice, it is one."""
    policy.can_write(by).or_raise()
    _write(file_id, written, corrects=None, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def correct(file_id: UUID, record_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Write the note that follows another and says it otherwise; both stay readable to her.

    The day that was shown is the one the last note says, or none.
    """
    standing = queries.lock(record_id, actor=by)
    record = queries.of_file(file_id, actor=by).get(pk=record_id)
    policy.can_correct(by, record, standing.status).or_raise()
    if _write(file_id, written, corrects=record, by=by, at=at):
        move(standing, TherapyNoteStatus.Status.CORRECTED, by=by, at=at)
        TherapyDay.objects.filter(pk=queries.day_id(record_id)).delete()
    return written.id


@transaction.atomic
def hide_days(file_id: UUID, *, by: Actor, at: datetime) -> int:
    """She takes her agreement back: no day is shown any more. Said twice, it is said once."""
    policy.can_hide_days(by).or_raise()
    gone, _each = queries.days(file_id, actor=by).delete()
    if gone:
        audit.record("therapy.days_hidden", by=by, file_id=file_id, sections=[THERAPY])
    return gone


@transaction.atomic
def bring_in(file_id: UUID, user_id: UUID, assignment_id: UUID, *, by: Actor, at: datetime) -> None:
    """A psychotherapist of the same organisation walks beside her from now on."""
    policy.can_bring_in(by, keeps=sharing.keeps(file_id, actor=by)).or_raise()
    beside = Assignment(
        id=assignment_id,
        file_id=file_id,
        user_id=user_id,
        part=Assignment.Part.SUPPORT,
        starts_at=at,
    )
    if queries.is_brought_in(assignment_id, actor=by):
        return
    if not queries.therapists(file_id, actor=by, at=at).filter(pk=user_id).exists():
        raise WrongState(f"{user_id} is no psychotherapist here, or is beside her already.")
    if create_once(beside):
        audit.record(
            "therapy.brought_in",
            by=by,
            file_id=file_id,
            sections=[RELATION],
            records=[assignment_id],
        )


def _write(
    file_id: UUID, written: Written, *, corrects: TherapyNote | None, by: Actor, at: datetime
) -> bool:
    record = TherapyNote(
        id=written.id,
        file_id=file_id,
        occurred_at=written.occurred_at,
        corrects=corrects,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(record, **{name: getattr(written, name) for name in TEXTS})
    stands = TherapyNoteStatus(
        record=record,
        file_id=file_id,
        status=TherapyNoteStatus.Status.SIGNED,
        status_by=by.user_id,
        status_at=at,
    )
    done = "therapy.note_corrected" if corrects else "therapy.note_signed"
    if not records.keep_signed(record, stands, done, section=THERAPY, by=by):
        return False
    if written.shows_day:
        create_once(
            TherapyDay(
                id=queries.day_id(written.id),
                file_id=file_id,
                came_on=clock.day_of(written.occurred_at),
            )
        )
    return True
