"""What is forgotten each night of what came from the street?"""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.followup.street import actions


@job(service_name="expiry", name="street.forget", cron="50 3 * * *")
def forget(*, by: Actor) -> None:
    """Whoever typed it is told on their day until then."""
    actions.forget(by=by, at=context.moment())
