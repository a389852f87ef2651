"""What can be said of an activity in her own file? What she came for, how it was, what she found.

Nothing of it names the activity, nor anybody else: each person has a page of her own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.decision import Decision
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import HAS_CHANGED, move
from spheres.followup.activities import policy, queries
from spheres.followup.activities.models import (
    Authorisation,
    Feedback,
    Participation,
    ParticipationStatus,
)
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.records import actions as records
from spheres.records.between import strengths
from spheres.records.models import Pen
from spheres.regions import queries as regions
from spheres.sharing.rules import STEPS
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Written:
    """What the form says. An idea and a day are required."""

    id: UUID
    idea: str
    held_on: date
    occurred_at: datetime
    needs: Collection[str] = ()
    towards_id: UUID | None = None
    pen: str = Pen.TOGETHER
    her_words: str = ""
    observation: str = ""
    support: str = ""


@dataclass(frozen=True)
class Said:
    """How it was: a face with its word, her words, what she found."""

    id: UUID
    face: str
    her_words: str = ""
    found: str = ""


@dataclass(frozen=True)
class Authorised:
    """What was asked of a minor, and who gave it."""

    id: UUID
    asked: str
    given: str
    given_on: date
    line: str = ""


@transaction.atomic(savepoint=False)
def sign(file_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Write what she comes for, in her own file. Sent twice, it is one; its draft is forgotten."""
    policy.can_write(by).or_raise()
    _write(file_id, written, corrects=None, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def correct(file_id: UUID, record_id: UUID, written: Written, *, by: Actor, at: datetime) -> UUID:
    """Write another that says what should have been said; both stay readable."""
    standing = queries.lock(record_id, actor=by)
    record = queries.of_file(file_id, actor=by).get(pk=record_id)
    policy.can_correct(by, record, standing.status).or_raise()
    if _write(file_id, written, corrects=record, by=by, at=at):
        move(standing, ParticipationStatus.Status.CORRECTED, by=by, at=at)
    return written.id


@transaction.atomic(savepoint=False)
def give_feedback(file_id: UUID, record_id: UUID, said: Said, *, by: Actor, at: datetime) -> None:
    """How it was, in one press. Sent twice, it is said once; said again, the newest stands."""
    policy.can_write(by).or_raise()
    record = _record(file_id, record_id, by)
    row = Feedback(
        id=said.id, file_id=file_id, record_id=record.root, face=said.face,
        written_by=by.user_id, written_at=at,
    )  # fmt: skip
    vault.lock(row, her_words=said.her_words, found=said.found)
    if create_once(row):
        _tell("participation.told", row, by)


@transaction.atomic(savepoint=False)
def add_strength(file_id: UUID, feedback_id: UUID, *, by: Actor, at: datetime) -> None:
    """One press, and what she found she can do is a line of her strengths. Pressed twice: one."""
    policy.can_write(by).or_raise()
    said = Feedback.objects.select_related("record").filter(file_id=file_id, pk=feedback_id).first()
    if said is None:
        raise WrongState(HAS_CHANGED)
    vault.open([said], by=by, sections=[STEPS])
    if line := said.opened.found or said.opened.her_words:
        pen = said.record.pen
        strengths.keep(file_id, line, of=feedback_id, pen=pen, by=by, at=at)


def may_authorise(person: Header, given: str, *, by: Actor, at: datetime) -> Decision:
    """Whether this is enough, at her age of that day."""
    alone = person.decides_alone(on=clock.day_of(at), since_age=regions.region().self_from)
    return policy.can_authorise(by, given, decides_alone=alone, suspended=person.suspended)


@transaction.atomic(savepoint=False)
def authorise(file_id: UUID, record_id: UUID, said: Authorised, *, by: Actor, at: datetime) -> None:
    """What the law and the activity ask, and who gave it. Sent twice, it is kept once."""
    record = _record(file_id, record_id, by)
    person = participants.header(file_id, actor=by)
    assert person is not None  # her steps are read by those who know who she is
    may_authorise(person, said.given, by=by, at=at).or_raise()
    row = Authorisation(
        id=said.id, file_id=file_id, record_id=record.root, asked=said.asked, given=said.given,
        given_on=said.given_on, written_by=by.user_id, written_at=at,
    )  # fmt: skip
    vault.lock(row, line=said.line)
    if create_once(row):
        _tell("participation.authorised", row, by)


def _record(file_id: UUID, record_id: UUID, by: Actor) -> Participation:
    record = queries.of_file(file_id, actor=by).filter(pk=record_id).first()
    if record is None:
        raise WrongState(HAS_CHANGED)
    return record


def _write(
    file_id: UUID, written: Written, *, corrects: Participation | None, by: Actor, at: datetime
) -> bool:
    record = Participation(
        id=written.id,
        file_id=file_id,
        kind=written.idea.partition("_")[0],
        idea=written.idea,
        needs=list(written.needs) or None,
        towards_id=written.towards_id,
        pen=written.pen,
        held_on=written.held_on,
        occurred_at=written.occurred_at,
        corrects=corrects,
        first_id=corrects.root if corrects else None,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(
        record,
        her_words=written.her_words,
        observation=written.observation,
        support=written.support,
    )
    if not create_once(record):
        return False
    ParticipationStatus.objects.bulk_create(
        [
            ParticipationStatus(
                record=record, file_id=file_id, status=ParticipationStatus.Status.SIGNED,
                status_by=by.user_id, status_at=at,
            )
        ]
    )  # fmt: skip
    records.discard_draft(written.id, by=by)
    what = "participation.corrected" if corrects else "participation.written"
    _tell(what, record, by)
    return True


def _tell(what: str, row: Participation | Feedback | Authorisation, by: Actor) -> None:
    audit.record(
        what,
        by=by,
        file_id=row.file_id,
        sections=[STEPS],
        records=[row.pk],
        digest=vault.digest(row),
    )
