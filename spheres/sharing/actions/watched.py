"""Who is told that too many files were opened, and who lets a colleague go on?"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from spheres.accounts.models import Membership, Role
from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.sharing.models import Lifted
from spheres.sharing.watching import STOPPED
from spheres.vault import actions as vault


def tell_stopped(*, by: Actor) -> list[str]:
    """Keep that the day's limit stopped `by`, in that person's own chain; who may let them go on:
    those in charge of privacy where they act, by name."""
    audit.record(STOPPED, by=by)
    at = context.moment()
    officers = Membership.objects.filter(
        organisation_id=by.organisation_id, role=Role.PRIVACY_OFFICER, starts_at__lte=at
    )
    there = officers.exclude(ends_at__lte=at).exclude(user_id=by.user_id)
    names = there.filter(user__is_active=True).values_list("user__name", flat=True)
    return sorted(names.distinct())


def let_go_on(
    lifted_id: UUID, user_id: UUID, *, reason: str, on: date, by: Actor, at: datetime
) -> None:
    """Let a colleague whom the limit stopped go on, for that day; said twice, it stands once."""
    row = Lifted(
        id=lifted_id,
        organisation_id=by.organisation_id,
        user_id=user_id,
        lifted_on=on,
        lifted_by=by.user_id,
        lifted_at=at,
    )
    vault.lock(row, reason=reason)
    if create_once(row):
        audit.record("reading.let_go_on", by=by, records=[user_id, lifted_id])
