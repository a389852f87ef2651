"""When is a request for advice forgotten? Each night, after the region's delay."""

from __future__ import annotations

from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import defer, job
from spheres.regions import queries as regions
from spheres.vault import actions as vault
from spheres.worker_support.intervention_support import actions
from spheres.worker_support.intervention_support.models import AdviceStanding


@job(service_name="expiry", name="advice.expire", cron="30 3 * * *")
def expire(*, by: Actor) -> None:
    """Find what is due, and queue each apart: one that fails keeps no other from being erased."""
    before = regions.term(AdviceStanding.KEEP, context.moment())
    for request_id in vault.due(AdviceStanding.KEEP, before=before, by=by):
        defer(expire_one, by=by, request_id=str(request_id))


@job(service_name="expiry", name="advice.expire_one")
def expire_one(*, by: Actor, request_id: str) -> None:
    """Erase one, if it is still due."""
    at = context.moment()
    before = regions.term(AdviceStanding.KEEP, at)
    actions.expire(UUID(request_id), before=before, by=by, at=at)
