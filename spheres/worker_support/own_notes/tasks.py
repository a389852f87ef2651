"""When do own notes go? Each night, those put away; every ten minutes, those of who has left."""

from __future__ import annotations

from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import defer, job
from spheres.sharing import staying
from spheres.worker_support.own_notes import actions


@job(service_name="expiry", name="own_notes.forget", cron="45 3 * * *")
def forget(*, by: Actor) -> None:
    """What their authors put away."""
    actions.forget(by=by)


@job(service_name="expiry", name="own_notes.leave", cron="*/10 * * * *")
def leave(*, by: Actor) -> None:
    """Find who has left, and queue each apart: one that fails keeps no other from going."""
    for stay_id in staying.to_end(by=by):
        defer(leave_one, by=by, stay_id=str(stay_id))


@job(service_name="expiry", name="own_notes.leave_one")
def leave_one(*, by: Actor, stay_id: str) -> None:
    """Those of one colleague, if she is still gone."""
    actions.leave(UUID(stay_id), by=by, at=context.moment())
