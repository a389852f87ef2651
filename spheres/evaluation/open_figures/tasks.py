"""When is a year published? The night its last quarter is, and any night it was not done."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.evaluation.open_figures import actions


@job(service_name="rollups", name="open_figures.publish", cron="50 6 * * *")
def publish(*, by: Actor) -> None:
    """Publish what is over. Running twice gives the same rows."""
    actions.publish(by=by, at=context.moment())
