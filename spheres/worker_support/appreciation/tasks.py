"""When does a good word go? At night, after the region's delay."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.worker_support.appreciation import actions


@job(service_name="expiry", name="appreciation.forget", cron="54 3 * * *")
def forget(*, by: Actor) -> None:
    """All that is older than the region's delay, unread."""
    actions.forget(by=by, at=context.moment())
