"""What can be done with her strengths? A line is added, corrected by another, set aside for now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.states import move as move_status
from spheres.followup.strengths import policy, queries
from spheres.followup.strengths.models import Kind, Strength, StrengthStatus, Voice
from spheres.records import actions as records
from spheres.records.between import hooks
from spheres.records.models import Pen
from spheres.sharing.rules import PLAN
from spheres.vault import actions as vault

TEXTS = ("line", "her_words", "observation", "support")
Status = StrengthStatus.Status
TOLD = {Status.SET_ASIDE: "strength.set_aside", Status.SIGNED: "strength.taken_up"}


@dataclass(frozen=True)
class Written:
    """What the form says: a kind, a line, a voice, a day. Words may be added."""

    id: UUID
    kind: str
    line: str
    occurred_at: datetime
    voice: str = Voice.HERS
    agreed_on: date | None = None
    pen: str = Pen.TOGETHER
    her_words: str = ""
    observation: str = ""
    support: str = ""


@transaction.atomic(savepoint=False)
def sign(file_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Add a line. Made with her, it says that she was there. Sent twice, it is one line."""
    policy.can_keep(by, written.voice, written.agreed_on).or_raise()
    if _write(file_id, written, corrects=None, by=by, at=at):
        hooks.signed(file_id, was_contact=written.pen != Pen.WORKER, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def correct(file_id: UUID, record_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Write another that says what should have been said; both stay readable."""
    standing = queries.lock(record_id, actor=by)
    record = queries.of_file(file_id, actor=by).get(pk=record_id)
    policy.can_correct(by, record, standing.status).or_raise()
    policy.can_keep(by, written.voice, written.agreed_on).or_raise()
    if _write(file_id, written, corrects=record, by=by, at=at):
        move_status(standing, Status.CORRECTED, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def move(file_id: UUID, record_id: UUID, to: str, *, by: Actor, at: datetime) -> None:
    """Set aside for now, or taken up again: one press, and one to come back."""
    standing = queries.lock(record_id, actor=by)
    policy.can_move(by, standing.status, to).or_raise()
    move_status(standing, to, by=by, at=at)
    audit.record(TOLD[Status(to)], by=by, file_id=file_id, sections=[PLAN], records=[record_id])


@transaction.atomic(savepoint=False)
def keep_found(file_id: UUID, line: str, *, of: UUID, pen: str, by: Actor, at: datetime) -> None:
    """A line she found in something else that was told of her, in her words. Pressed twice: one."""
    policy.can_write(by).or_raise()
    number = queries.number_of(of)
    _write(file_id, Written(number, Kind.STRENGTH, line, at, pen=pen), corrects=None, by=by, at=at)


@transaction.atomic(savepoint=False)
def put_on_paper(rows: Sequence[Strength], *, by: Actor) -> None:
    """Open what stands to print it for her; her journal says so."""
    policy.can_write(by).or_raise()
    vault.open(rows, by=by, action="strength.on_paper")


def _write(
    file_id: UUID, written: Written, *, corrects: Strength | None, by: Actor, at: datetime
) -> bool:
    record = Strength(
        id=written.id,
        file_id=file_id,
        kind=written.kind,
        voice=written.voice,
        agreed_on=written.agreed_on,
        pen=written.pen,
        occurred_at=written.occurred_at,
        corrects=corrects,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(record, **{name: getattr(written, name) for name in TEXTS})
    stands = StrengthStatus(
        record=record, file_id=file_id, status=Status.SIGNED, status_by=by.user_id, status_at=at
    )
    what = "strength.corrected" if corrects else "strength.kept"
    return records.keep_signed(record, stands, what, section=PLAN, by=by)
