"""When is an event forgotten? Each night, after the region’s delay."""

from __future__ import annotations

from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import defer, job
from spheres.outreach.events import actions
from spheres.outreach.events.models import Event
from spheres.regions import queries as regions
from spheres.vault import actions as vault


@job(service_name="expiry", name="events.expire", cron="55 3 * * *")
def expire(*, by: Actor) -> None:
    """Find what is due, and queue each apart: one that fails keeps no other from being erased."""
    before = regions.term(Event.KEEP, context.moment())
    for event_id in vault.due(Event.KEEP, before=before, by=by):
        defer(expire_one, by=by, event_id=str(event_id))


@job(service_name="expiry", name="events.expire_one")
def expire_one(*, by: Actor, event_id: str) -> None:
    """Erase one, if it is still due."""
    at = context.moment()
    before = regions.term(Event.KEEP, at)
    actions.expire(UUID(event_id), before=before, by=by, at=at)
