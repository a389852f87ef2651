"""What can be done when joining? Accept the charter, say what is ready, open to real persons."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.partners.joining import policy, queries
from spheres.partners.joining.models import Accepted, Charter, Confirmed, Opened
from spheres.sharing import queries as sharing


@transaction.atomic
def accept(accepted_id: UUID, charter: Charter, *, by: Actor, at: datetime) -> None:
    """Accept the charter in one’s own name, where one works."""
    before = queries.mine(charter, actor=by)
    if before is not None and before.pk == accepted_id:
        return  # pressed twice
    policy.can_accept(by, is_done=before is not None).or_raise()
    row = Accepted(
        id=accepted_id,
        charter_id=charter.pk,
        organisation_id=by.organisation_id,
        accepted_by=by.user_id,
        accepted_at=at,
    )
    if create_once(row):
        audit.record("charter.accepted", by=by, records=[charter.pk])


@transaction.atomic
def confirm(confirmed_id: UUID, *, kind: str, reference: str, by: Actor, at: datetime) -> None:
    """Say, for one’s organisation, that something is done and under which reference."""
    policy.can_confirm(by, queries.ours(actor=by)).or_raise()
    row = Confirmed(
        id=confirmed_id,
        organisation_id=by.organisation_id,
        kind=kind,
        reference=reference,
        confirmed_by=by.user_id,
        confirmed_at=at,
    )
    if create_once(row):
        audit.record("joining.confirmed", by=by, records=[confirmed_id])


@transaction.atomic
def open_to_real_persons(opened_id: UUID, *, by: Actor, at: datetime) -> None:
    """Open the installation: from now on it receives real persons."""
    before = queries.opening(actor=by)
    if before is not None and before.pk == opened_id:
        return  # pressed twice
    missing = queries.missing(queries.checklist(actor=by, at=at))
    policy.can_open(
        by, is_desk=sharing.is_desk(actor=by), is_open=before is not None, missing=missing
    ).or_raise()
    if create_once(Opened(id=opened_id, opened_by=by.user_id, opened_at=at)):
        audit.record("joining.opened", by=by, records=[opened_id])
