"""What can be done with urgent needs? Written down in one press, met, and told what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.urgent_needs import policy, queries
from spheres.followup.urgent_needs.models import Answer, Outcome, UrgentNeed, UrgentNeedStatus
from spheres.records import actions as records
from spheres.sharing.rules import NOTES
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Written:
    """What the page says. Only the need is required."""

    id: UUID
    need: str
    occurred_at: datetime
    her_words: str = ""
    observation: str = ""
    support: str = ""


@dataclass(frozen=True)
class Told:
    """What came of it: where it stands now, in her words, and in one line."""

    id: UUID
    status: str
    her_words: str = ""
    line: str = ""


@transaction.atomic(savepoint=False)
def sign(file_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Write down a need: it is open, and stands first on the day of her workers.

    Its draft is forgotten in the same transaction. Sent twice, it is one need.
    """
    policy.can_write(by).or_raise()
    _write(file_id, written, corrects=None, stands=Answer.Status.OPEN, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def correct(file_id: UUID, record_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Write another that says what should have been said; it stands where the first one stood."""
    standing = queries.lock(record_id, actor=by)
    record = queries.of_file(file_id, actor=by).get(pk=record_id)
    policy.can_correct(by, record, standing.status).or_raise()
    stands = record.answer.status
    if _write(file_id, written, corrects=record, stands=stands, by=by, at=at):
        move(standing, UrgentNeedStatus.Status.CORRECTED, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def begin(file_id: UUID, record_id: UUID, *, by: Actor, at: datetime) -> None:
    """Somebody is on it. Pressed twice, it is said once."""
    answer, record = _held(file_id, record_id, by=by)
    if answer.status == Answer.Status.BEING_MET:
        return
    standing = record.standing.status
    policy.can_answer(by, answer.status, Answer.Status.BEING_MET, standing=standing).or_raise()
    move(answer, Answer.Status.BEING_MET, by=by, at=at)
    audit.record("need.begun", by=by, file_id=file_id, sections=[NOTES], records=[record_id])


@transaction.atomic(savepoint=False)
def close(file_id: UUID, record_id: UUID, told: Told, *, by: Actor, at: datetime) -> None:
    """Say what came of it, in one step: her words first. Sent twice, it is said once."""
    answer, record = _held(file_id, record_id, by=by)
    if queries.outcomes(record_id, actor=by).filter(pk=told.id).exists():
        return
    policy.can_answer(by, answer.status, told.status, standing=record.standing.status).or_raise()
    outcome = Outcome(
        id=told.id,
        file_id=file_id,
        need_id=record_id,
        came_to=told.status,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(outcome, her_words=told.her_words, line=told.line)
    if not create_once(outcome):
        return
    move(answer, told.status, by=by, at=at)
    audit.record(
        "need.told",
        by=by,
        file_id=file_id,
        sections=[NOTES],
        records=[outcome.pk, record_id],
        digest=vault.digest(outcome),
    )


def _held(file_id: UUID, record_id: UUID, *, by: Actor) -> tuple[Answer, UrgentNeed]:
    """Where the need stands, held, and the need itself."""
    answer = queries.lock_answer(record_id, actor=by)
    return answer, queries.of_file(file_id, actor=by).get(pk=record_id)


def _write(
    file_id: UUID,
    written: Written,
    *,
    corrects: UrgentNeed | None,
    stands: str,
    by: Actor,
    at: datetime,
) -> bool:
    record = UrgentNeed(
        id=written.id,
        file_id=file_id,
        need=written.need,
        occurred_at=written.occurred_at,
        corrects=corrects,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(
        record,
        her_words=written.her_words,
        observation=written.observation,
        support=written.support,
    )
    said = {"file_id": file_id, "status_by": by.user_id, "status_at": at}
    signed = UrgentNeedStatus(record=record, status=UrgentNeedStatus.Status.SIGNED, **said)
    done = "need.corrected" if corrects else "need.noted"
    answer = Answer(need=record, status=stands, **said)
    return records.keep_signed(record, signed, done, section=NOTES, by=by, beside=[answer])
