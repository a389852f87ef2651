"""When is what a group wrote forgotten? Once counted, at once; the night sees to the rest."""

from __future__ import annotations

from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import defer, job
from spheres.training.learning import actions, queries


@job(service_name="expiry", name="learning.forget", cron="45 3 * * *")
def forget(*, by: Actor) -> None:
    """Find them, and queue each apart: one that fails keeps no other from being forgotten."""
    for owner_id in queries.to_forget(by=by, at=context.moment()):
        defer(forget_one, by=by, owner_id=str(owner_id))


@job(service_name="expiry", name="learning.forget_one")
def forget_one(*, by: Actor, owner_id: str) -> None:
    actions.forget(UUID(owner_id), by=by, at=context.moment())
