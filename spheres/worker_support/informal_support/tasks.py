"""When does a line go, and when are all of them counted? At night."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.worker_support.informal_support import actions


@job(service_name="expiry", name="informal_support.forget", cron="51 3 * * *")
def forget(*, by: Actor) -> None:
    """All that is older than the region's delay, whosever it is, unread."""
    actions.forget(by=by, at=context.moment())


@job(service_name="rollups", name="informal_support.count", cron="42 6 * * *")
def count(*, by: Actor) -> None:
    """The quarters that are over. Running twice gives the same rows."""
    actions.count(by=by)
