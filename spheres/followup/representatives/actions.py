"""What can be done with the rights of a representative? Suspended, ended, looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.representatives import policy, queries
from spheres.participants.models import Suspension, SuspensionReason, SuspensionReview
from spheres.records.between import hooks
from spheres.sharing.rules import LEGAL
from spheres.vault import actions as vault

NOTED = "representative.noted"  # neutral on purpose: the journal is read to the person
REVIEWED = "representative.reviewed"


@dataclass(frozen=True)
class Said:
    """Whose rights, on which ground, why; and whether what they had agreed to ends now."""

    id: UUID
    who: str
    ground: str
    reason: str
    ends_what_they_agreed_to: bool = False


@transaction.atomic
def suspend(file_id: UUID, said: Said, *, by: Actor, at: datetime) -> bool:
    """In force at once, and nobody is told: a second person looks at it again. Sent twice, it is
    one."""
    policy.can_suspend(by).or_raise()
    standing = queries.of_file(file_id, actor=by)
    if any(one.row.pk == said.id for one in standing):
        return False
    in_force = {one.row.who for one in standing if one.in_force}
    policy.may_add(said.who, suspended=in_force).or_raise()
    row = Suspension(
        id=said.id, file_id=file_id, who=said.who, ground=said.ground,
        written_by=by.user_id, written_at=at,
    )  # fmt: skip
    vault.lock(row, reason=said.reason)
    if not create_once(row):
        return False
    again = SuspensionReason(
        id=said.id, organisation_id=by.organisation_id, user_id=by.user_id, ground=said.ground,
        written_at=at,
    )  # fmt: skip
    vault.lock(again, reason=said.reason)
    create_once(again)
    _tell(row, by=by)
    hooks.suspended(file_id, said.who, ends_all=said.ends_what_they_agreed_to, by=by, at=at)
    return True


@transaction.atomic
def end(file_id: UUID, suspension_id: UUID, *, by: Actor, at: datetime) -> None:
    """Its ground no longer stands: this representative may speak again. Pressed twice, once."""
    policy.can_end(by).or_raise()
    live = queries.suspensions(actor=by).filter(file_id=file_id, pk=suspension_id, ended_at=None)
    row = live.first()
    if row is not None and live.order_by().update(ended_at=at, ended_by=by.user_id):
        _tell(row, by=by)


@transaction.atomic
def review(suspension_id: UUID, outcome: str, *, by: Actor, at: datetime) -> None:
    """A second person says once that it goes on, or ends it. WrongState when it was said before."""
    policy.can_review(by).or_raise()
    reason = queries.reasons(actor=by).filter(pk=suspension_id).first()
    if reason is None:
        raise WrongState(policy.SAID)
    row = SuspensionReview(
        id=suspension_id, organisation_id=reason.organisation_id, outcome=outcome,
        reviewed_by=by.user_id, reviewed_at=at,
    )  # fmt: skip
    if not create_once(row):
        raise WrongState(policy.SAID)
    audit.record(REVIEWED, by=by, records=[suspension_id])


def _tell(row: Suspension, *, by: Actor) -> None:
    audit.record(
        NOTED, by=by, file_id=row.file_id, sections=[LEGAL], records=[row.pk],
        digest=vault.digest(row),
    )  # fmt: skip
