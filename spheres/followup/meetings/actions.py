"""What can be done with planned meetings? Planned, moved, answered for, an answer taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.core.states import move as move_to
from spheres.followup.meetings import policy, queries
from spheres.followup.meetings.models import MeetingStatus, PlannedMeeting
from spheres.sharing.rules import NOTES
from spheres.vault import actions as vault

Status = MeetingStatus.Status
TOLD: Final = {
    Status.HELD: "meeting.held",
    Status.MISSED: "meeting.missed",
    Status.CANCELLED_HERS: "meeting.cancelled",
    Status.CANCELLED_OURS: "meeting.cancelled",
    Status.CANCELLED_OTHER: "meeting.cancelled",
}


@dataclass(frozen=True)
class Planned:
    """What the page says. The kind, the day and the hour are required."""

    id: UUID
    kind: str
    starts_at: datetime
    length: str = ""
    line: str = ""


@transaction.atomic(savepoint=False)
def plan(file_id: UUID, planned: Planned, *, by: Actor, at: datetime) -> UUID:
    """Plan a meeting with her. Sent twice, it is one meeting."""
    policy.can_plan(by, has_died=queries.has_died(file_id, actor=by)).or_raise()
    _write(file_id, planned, worker_id=by.user_id, instead_of=None, by=by, at=at)
    return planned.id


@transaction.atomic(savepoint=False)
def move(file_id: UUID, meeting_id: UUID, planned: Planned, *, by: Actor, at: datetime) -> UUID:
    """Plan it otherwise: another row follows, and the first stays readable as it was.

    It stays the meeting of the same worker. Sent twice, it is moved once.
    """
    standing = queries.lock(meeting_id, actor=by)
    meetings = queries.of_file(file_id, actor=by)
    if meetings.filter(pk=planned.id, instead_of_id=meeting_id).exists():
        return planned.id
    meeting = meetings.get(pk=meeting_id)
    has_died = queries.has_died(file_id, actor=by)
    policy.can_move(by, standing.status, has_died=has_died).or_raise()
    worker_id = meeting.worker_id
    if _write(file_id, planned, worker_id=worker_id, instead_of=meeting, by=by, at=at):
        move_to(standing, Status.MOVED, by=by, at=at)
    return planned.id


@transaction.atomic(savepoint=False)
def answer(file_id: UUID, meeting_id: UUID, to: str, *, by: Actor, at: datetime) -> None:
    """Say what became of it, in one press. Pressed twice, it is said once."""
    standing = queries.lock(meeting_id, actor=by)
    if standing.status == to:
        return
    meeting = queries.of_file(file_id, actor=by).get(pk=meeting_id)
    policy.can_answer(by, standing.status, to, starts_at=meeting.starts_at, at=at).or_raise()
    move_to(standing, to, by=by, at=at)
    _tell(TOLD[Status(to)], meeting, by=by)


@transaction.atomic(savepoint=False)
def take_back(file_id: UUID, meeting_id: UUID, *, by: Actor, at: datetime) -> None:
    """An answer given by mistake: the meeting is planned again, as if nothing had been said."""
    standing = queries.lock(meeting_id, actor=by)
    if standing.status == Status.PLANNED:
        return
    policy.can_take_back(by, standing.status).or_raise()
    move_to(standing, Status.PLANNED, by=by, at=at)
    _tell("meeting.taken_back", queries.of_file(file_id, actor=by).get(pk=meeting_id), by=by)


def _write(
    file_id: UUID,
    planned: Planned,
    *,
    worker_id: UUID,
    instead_of: PlannedMeeting | None,
    by: Actor,
    at: datetime,
) -> bool:
    meeting = PlannedMeeting(
        id=planned.id,
        file_id=file_id,
        kind=planned.kind,
        starts_at=planned.starts_at,
        length=planned.length,
        worker_id=worker_id,
        instead_of=instead_of,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(meeting, line=planned.line)
    if not create_once(meeting):
        return False
    MeetingStatus.objects.bulk_create(
        [
            MeetingStatus(
                meeting=meeting,
                file_id=file_id,
                status=Status.PLANNED,
                status_by=by.user_id,
                status_at=at,
            )
        ]
    )
    audit.record(
        "meeting.moved" if instead_of else "meeting.planned",
        by=by,
        file_id=file_id,
        sections=[NOTES],
        records=[meeting.pk],
        digest=vault.digest(meeting),
    )
    return True


def _tell(what: str, meeting: PlannedMeeting, *, by: Actor) -> None:
    audit.record(what, by=by, file_id=meeting.file_id, sections=[NOTES], records=[meeting.pk])
