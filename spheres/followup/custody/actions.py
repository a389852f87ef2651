"""What gives the notes of a psychotherapist to keep, and ends it?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.custody import policy, queries
from spheres.sharing.models import Custody


@transaction.atomic
def name(
    custody_id: UUID,
    *,
    author: UUID,
    custodian: UUID,
    ground: str,
    by: Actor,
    at: datetime,
) -> bool:
    """A psychotherapist of the organisation holds the notes of one who is gone, from now on.

    The ground stays written. Sent twice, it is done once.
    """
    policy.can_name(by).or_raise()
    if queries.is_named(custody_id, actor=by):
        return False
    is_gone = author in dict(queries.gone(actor=by, at=at))
    if not is_gone or custodian not in dict(queries.here(actor=by, at=at)):
        raise WrongState(f"{custodian} cannot hold the notes of {author}.")
    custody = Custody(
        id=custody_id,
        organisation_id=by.organisation_id,
        author_id=author,
        custodian_id=custodian,
        ground=ground,
        named_by=by.user_id,
        named_at=at,
        starts_at=at,
    )
    if not create_once(custody):
        return False
    audit.record("custody.named", by=by, records=[custody_id, author, custodian], basis=ground)
    return True


@transaction.atomic
def end(custody_id: UUID, *, by: Actor, at: datetime) -> bool:
    """The notes are closed to this person from now on. Said twice, it is said once."""
    policy.can_name(by).or_raise()
    live = queries.custodies(actor=by).filter(pk=custody_id, ended_at=None)
    if not live.update(ended_at=at, ended_by=by.user_id):
        return False
    audit.record("custody.ended", by=by, records=[custody_id])
    return True
