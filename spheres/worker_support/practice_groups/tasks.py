"""When do groups and their sessions go? At night, after the region's delay."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.worker_support.practice_groups import actions


@job(service_name="expiry", name="practice_groups.forget", cron="53 3 * * *")
def forget(*, by: Actor) -> None:
    """Sessions of long ago, then groups that were closed as long."""
    actions.forget(by=by, at=context.moment())
