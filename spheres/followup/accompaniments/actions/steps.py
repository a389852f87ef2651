"""What can be done with accompaniments? Written, each step said, and what leaves, with her yes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.accompaniments import policy, queries
from spheres.followup.accompaniments.models import (
    Accompaniment,
    AccompanimentStatus,
    Course,
    Step,
)
from spheres.records import actions as records
from spheres.records.models import Pen
from spheres.sharing.rules import STEPS
from spheres.vault import actions as vault

TEXTS: Final = (
    "her_words", "observation", "support", "organisation", "aim", "papers", "ask_for", "travel",
    "next_step",
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """What the form says. Only the kind and the day are required."""

    id: UUID
    kind: str
    occurred_at: datetime
    needs: Collection[str] = ()
    towards_id: UUID | None = None
    resource_id: UUID | None = None
    pen: str = Pen.TOGETHER
    urgent_need_id: UUID | None = None
    next_on: date | None = None
    her_words: str = ""
    observation: str = ""
    support: str = ""
    organisation: str = ""
    aim: str = ""
    papers: str = ""
    ask_for: str = ""
    travel: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class Told:
    """One step: where it stands now, in her words, in one line, and what comes next."""

    id: UUID
    status: str
    her_words: str = ""
    line: str = ""
    next_step: str = ""
    next_on: date | None = None


@transaction.atomic(savepoint=False)
def sign(file_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Begin one: it is to come, and comes back quietly on the day of her workers.

    Its draft is forgotten in the same transaction. Sent twice, it is one.
    """
    policy.can_write(by).or_raise()
    _write(file_id, written, corrects=None, stands=Course.Status.PLANNED, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def correct(file_id: UUID, record_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Write another that says what should have been said; it stands where the first one stood."""
    standing = queries.lock(record_id, actor=by)
    record = queries.of_file(file_id, actor=by).get(pk=record_id)
    policy.can_correct(by, record, standing.status).or_raise()
    stands = record.course.status
    if _write(file_id, written, corrects=record, stands=stands, by=by, at=at):
        move(standing, AccompanimentStatus.Status.CORRECTED, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def tell(file_id: UUID, record_id: UUID, told: Told, *, by: Actor, at: datetime) -> None:
    """Say a step, in one press: where it stands, and what comes next. Sent twice, it is said once.

    A day that has passed, or that nobody says again, is no longer asked about.
    """
    course = queries.lock_course(record_id, actor=by)
    record = queries.of_file(file_id, actor=by).get(pk=record_id)
    if queries.steps(record, actor=by).filter(pk=told.id).exists():
        return
    policy.can_tell(by, course.status, told.status, standing=record.standing.status).or_raise()
    step = Step(
        id=told.id,
        file_id=file_id,
        record_id=record.root,
        came_to=told.status,
        next_on=told.next_on,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(step, her_words=told.her_words, line=told.line, next_step=told.next_step)
    if not create_once(step):
        return
    if course.status == told.status:  # a step more, on the same way
        course.next_on = told.next_on
        course.save(update_fields=["next_on"])
    else:
        move(course, told.status, by=by, at=at, next_on=told.next_on)
    audit.record(
        "accompaniment.told",
        by=by,
        file_id=file_id,
        sections=[STEPS],
        records=[step.pk, record_id],
        digest=vault.digest(step),
    )


def _write(
    file_id: UUID,
    written: Written,
    *,
    corrects: Accompaniment | None,
    stands: str,
    by: Actor,
    at: datetime,
) -> bool:
    record = Accompaniment(
        id=written.id,
        file_id=file_id,
        kind=written.kind,
        needs=list(written.needs) or None,
        towards_id=written.towards_id,
        resource_id=written.resource_id,
        pen=written.pen,
        urgent_need_id=written.urgent_need_id,
        first_id=corrects.root if corrects else None,
        occurred_at=written.occurred_at,
        corrects=corrects,
        written_by=by.user_id,
        written_at=at,
    )
    said = asdict(written)
    vault.lock(record, **{name: said[name] for name in TEXTS})
    common = {"record": record, "file_id": file_id, "status_by": by.user_id, "status_at": at}
    signed = AccompanimentStatus(status=AccompanimentStatus.Status.SIGNED, **common)
    course = Course(status=stands, next_on=written.next_on, **common)
    done = "accompaniment.corrected" if corrects else "accompaniment.begun"
    return records.keep_signed(record, signed, done, section=STEPS, by=by, beside=[course])
