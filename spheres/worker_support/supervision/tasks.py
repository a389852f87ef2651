"""When does supervision go? Each night, slots that are past; and what two people wrote, once both
have left."""

from __future__ import annotations

from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import defer, job
from spheres.worker_support.supervision import actions


@job(service_name="expiry", name="supervision.forget", cron="55 3 * * *")
def forget(*, by: Actor) -> None:
    """Forget the slots, and queue each pair that is gone apart: one that fails keeps no other."""
    for supervision_id in actions.over(by=by):
        defer(destroy_one, by=by, supervision_id=str(supervision_id))
    actions.forget(by=by, at=context.moment())


@job(service_name="expiry", name="supervision.destroy_one")
def destroy_one(*, by: Actor, supervision_id: str) -> None:
    """What one pair wrote together, if both are still gone."""
    actions.destroy(UUID(supervision_id), by=by, at=context.moment())
