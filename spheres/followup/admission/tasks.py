"""When is a referral that became nothing forgotten? Each night, after the region's delay."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import defer, job
from spheres.followup.admission import actions, queries
from spheres.regions import queries as regions


@job(service_name="expiry", name="admission.expire", cron="20 3 * * *")
def expire(*, by: Actor) -> None:
    """Find what is due, and queue each apart: one that fails keeps no other from being erased."""
    for file_id in queries.expirable(before=term(), actor=by):
        defer(expire_one, by=by, file_id=str(file_id))


@job(service_name="expiry", name="admission.expire_one")
def expire_one(*, by: Actor, file_id: str) -> None:
    """Erase one, if it is still due: a contact made in the meantime keeps it."""
    actions.expire(UUID(file_id), before=term(), by=by, at=context.moment())


def term() -> datetime:
    """What did not move since then is erased now."""
    return context.moment() - timedelta(days=regions.region().referral_keep_days)
