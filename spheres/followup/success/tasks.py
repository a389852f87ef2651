"""When is a year counted? The night after it ends, and any night it was not done."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.followup.success import actions


@job(service_name="rollups", name="success.count", cron="45 6 * * *")
def count(*, by: Actor) -> None:
    """Count what is over. Running twice gives the same rows."""
    actions.count(by=by, at=context.moment())
