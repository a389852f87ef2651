"""What can be done with stage marks? Added, any day, in any direction; corrected by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.core.actor import Actor
from spheres.core.states import move
from spheres.followup.stage_marks import policy, queries
from spheres.followup.stage_marks.models import StageMark, StageMarkStatus
from spheres.records import actions as records
from spheres.records.between import hooks
from spheres.records.models import Pen
from spheres.sharing.rules import PLAN
from spheres.vault import actions as vault

TEXTS = ("topic_words", "her_words", "observation", "support")


@dataclass(frozen=True)
class Written:
    """What the form says: a topic, a sentence, a day. Words may be added."""

    id: UUID
    topic: str
    sentences: str
    stage: str
    occurred_at: datetime
    pen: str = Pen.TOGETHER
    topic_words: str = ""
    her_words: str = ""
    observation: str = ""
    support: str = ""


@transaction.atomic(savepoint=False)
def sign(file_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Add a mark; nothing is taken away from the ones before.

    Made with her, it says that she was there: whoever had left is in touch again. Sent twice, it is
    one mark.
    """
    policy.can_write(by).or_raise()
    if _write(file_id, written, corrects=None, by=by, at=at):
        hooks.signed(file_id, was_contact=written.pen != Pen.WORKER, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def correct(file_id: UUID, record_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Write another that says what should have been said; both stay readable."""
    standing = queries.lock(record_id, actor=by)
    record = queries.of_file(file_id, actor=by).get(pk=record_id)
    policy.can_correct(by, record, standing.status).or_raise()
    if _write(file_id, written, corrects=record, by=by, at=at):
        move(standing, StageMarkStatus.Status.CORRECTED, by=by, at=at)
    return written.id


def _write(
    file_id: UUID, written: Written, *, corrects: StageMark | None, by: Actor, at: datetime
) -> bool:
    record = StageMark(
        id=written.id,
        file_id=file_id,
        topic=written.topic,
        sentences=written.sentences,
        stage=written.stage,
        pen=written.pen,
        occurred_at=written.occurred_at,
        corrects=corrects,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(record, **{name: getattr(written, name) for name in TEXTS})
    stands = StageMarkStatus(
        record=record,
        file_id=file_id,
        status=StageMarkStatus.Status.SIGNED,
        status_by=by.user_id,
        status_at=at,
    )
    done = "stage.corrected" if corrects else "stage.marked"
    return records.keep_signed(record, stands, done, section=PLAN, by=by)
