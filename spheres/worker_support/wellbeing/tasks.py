"""When does what was answered go by itself? The night after twelve months."""

from __future__ import annotations

from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.worker_support.wellbeing import actions


@job(service_name="expiry", name="wellbeing.forget", cron="50 3 * * *")
def forget(*, by: Actor) -> None:
    """All that is older than twelve months, whosever it is, unread."""
    actions.forget(by=by)
