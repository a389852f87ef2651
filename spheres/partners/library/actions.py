"""What can be done in the library? Say, having opened it oneself, whether a link still opens."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.partners.library import policy
from spheres.partners.library.models import LinkCheck, Work


@transaction.atomic
def check(
    check_id: UUID, work: Work, *, address: str, opens: bool, by: Actor, at: datetime
) -> None:
    """Say that one opened this address oneself, and whether the work was there."""
    policy.can_check(by).or_raise()
    row = LinkCheck(
        id=check_id,
        work_id=work.pk,
        address=address,
        opens=opens,
        checked_by=by.user_id,
        checked_at=at,
    )
    if create_once(row):
        audit.record("library.checked", by=by, records=[work.pk])
