"""When is an outing forgotten? Each night, seven days after the hour it was to end."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.worker_support.outings import actions


@job(service_name="expiry", name="outings.forget", cron="40 3 * * *")
def forget(*, by: Actor) -> None:
    """No history is kept, for anybody."""
    context.require(by)
    actions.forget(at=context.moment())
