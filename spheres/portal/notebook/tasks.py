"""What of a notebook is swept away later? The sessions that are over; counters go with the rest."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.portal.notebook import actions


@job(service_name="doorkeeper", name="notebook.sweep", cron="21 3 * * *")
def sweep(*, by: Actor) -> None:
    """Each night."""
    actions.sweep(by=by, at=context.moment())
