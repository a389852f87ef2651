"""What can be done with what leaves for a resource? Agreed to, handed over, withdrawn, answered.

The software sends nothing: a worker hands over the lines that the person agreed to, and no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.decision import Decision
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.accompaniments import policy, queries
from spheres.followup.accompaniments.models import OutgoingReferral, OutgoingStatus, Reply
from spheres.participants import queries as participants
from spheres.participants.queries import Header
from spheres.regions import queries as regions
from spheres.sharing.rules import STEPS
from spheres.vault import actions as vault

Status = OutgoingStatus.Status


@dataclass(frozen=True)
class Agreed:
    """What the person agreed to: to whom, which lines, on which day, how; and that it is a yes."""

    id: UUID
    agrees: bool
    to_whom: str
    lines: str
    whose_yes: str
    how: str
    agreed_on: date


@dataclass(frozen=True)
class CameBack:
    """What came back from the resource."""

    id: UUID
    her_words: str = ""
    line: str = ""


def may_agree(person: Header, agreed: Agreed, *, by: Actor, at: datetime) -> Decision:
    """Whether this yes is enough, at her age of that day."""
    alone = person.decides_alone(on=clock.day_of(at), since_age=regions.region().self_from)
    return policy.can_agree(
        by, agreed.agrees, agreed.whose_yes, decides_alone=alone, suspended=person.suspended
    )


@transaction.atomic(savepoint=False)
def agree(file_id: UUID, record_id: UUID, agreed: Agreed, *, by: Actor, at: datetime) -> UUID:
    """Keep what she agreed to have told. Nothing leaves yet. Sent twice, it is kept once."""
    record = queries.of_file(file_id, actor=by).get(pk=record_id)
    person = participants.header(file_id, actor=by)
    assert person is not None  # her steps are read by those who know who she is
    may_agree(person, agreed, by=by, at=at).or_raise()
    row = OutgoingReferral(
        id=agreed.id,
        file_id=file_id,
        record_id=record.root,
        agreed_on=agreed.agreed_on,
        whose_yes=agreed.whose_yes,
        how=agreed.how,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, to_whom=agreed.to_whom, lines=agreed.lines)
    if not create_once(row):
        return agreed.id
    OutgoingStatus.objects.bulk_create(
        [
            OutgoingStatus(
                referral=row, file_id=file_id, status=Status.AGREED,
                status_by=by.user_id, status_at=at,
            )
        ]
    )  # fmt: skip
    _tell("outgoing.agreed", row, by=by)
    return agreed.id


@transaction.atomic(savepoint=False)
def hand_over(
    file_id: UUID, referral_id: UUID, shape: str, *, by: Actor, at: datetime
) -> OutgoingReferral:
    """Give the worker the lines to hand over, opened; each time it is told in her journal."""
    standing = queries.lock_outgoing(referral_id, actor=by)
    row = queries.referral(file_id, referral_id, actor=by)
    assert row is not None  # its standing was just found
    policy.can_hand(by, standing.status).or_raise()
    if standing.status == Status.AGREED:
        move(standing, Status.HANDED, by=by, at=at)
    vault.open([row], by=by, sections=[STEPS])
    audit.record(
        "outgoing.handed", by=by, file_id=file_id, sections=[STEPS], records=[row.pk], basis=shape
    )
    return row


@transaction.atomic(savepoint=False)
def withdraw(file_id: UUID, referral_id: UUID, *, by: Actor, at: datetime) -> None:
    """She takes her agreement back before it leaves. Pressed twice, it is said once."""
    standing = queries.lock_outgoing(referral_id, actor=by)
    if standing.status == Status.WITHDRAWN:
        return
    policy.can_withdraw(by, standing.status).or_raise()
    move(standing, Status.WITHDRAWN, by=by, at=at)
    row = queries.referral(file_id, referral_id, actor=by)
    assert row is not None  # its standing was just found
    audit.record("outgoing.withdrawn", by=by, file_id=file_id, sections=[STEPS], records=[row.pk])


@transaction.atomic(savepoint=False)
def reply(file_id: UUID, referral_id: UUID, came: CameBack, *, by: Actor, at: datetime) -> None:
    """Close the loop: what came back, her words first. Sent twice, it is said once."""
    standing = queries.lock_outgoing(referral_id, actor=by)
    policy.can_reply(by, standing.status).or_raise()
    row = Reply(
        id=came.id,
        file_id=file_id,
        referral_id=referral_id,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, her_words=came.her_words, line=came.line)
    if not create_once(row):
        return
    if standing.status == Status.HANDED:
        move(standing, Status.ANSWERED, by=by, at=at)
    _tell("outgoing.answered", row, by=by)


def _tell(what: str, row: OutgoingReferral | Reply, *, by: Actor) -> None:
    audit.record(
        what,
        by=by,
        file_id=row.file_id,
        sections=[STEPS],
        records=[row.pk],
        digest=vault.digest(row),
    )
