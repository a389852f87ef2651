"""When is the name of somebody from outside forgotten? Each night, after the region’s delay."""

from __future__ import annotations

from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import defer, job
from spheres.regions import queries as regions
from spheres.training.sessions import actions
from spheres.training.sessions.models import Outsider
from spheres.vault import actions as vault


@job(service_name="expiry", name="training_list.expire", cron="50 3 * * *")
def expire(*, by: Actor) -> None:
    """Find what is due, and queue each apart: one that fails keeps no other from being erased."""
    before = regions.term(Outsider.KEEP, context.moment())
    for enrolment_id in vault.due(Outsider.KEEP, before=before, by=by):
        defer(expire_one, by=by, enrolment_id=str(enrolment_id))


@job(service_name="expiry", name="training_list.expire_one")
def expire_one(*, by: Actor, enrolment_id: str) -> None:
    at = context.moment()
    before = regions.term(Outsider.KEEP, at)
    actions.expire(UUID(enrolment_id), before=before, by=by, at=at)
