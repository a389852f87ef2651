"""When does what two people decided to delete of the register go? Each night."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.privacy.incidents import actions
from spheres.privacy.incidents.models import Incident
from spheres.regions import queries as regions


@job(service_name="expiry", name="incidents.forget", cron="52 3 * * *")
def forget(*, by: Actor) -> None:
    """Run twice, it deletes once; what nobody decided, or a hold keeps, stays."""
    actions.forget(before=regions.term(Incident.KEEP, context.moment()), by=by)
