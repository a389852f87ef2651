"""When is it looked at who opened what? Each night; of a week, the night after it is over."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.followup.openings import actions


@job(service_name="lookout", name="openings.look_at_grounds", cron="10 4 * * *")
def look_at_grounds(*, by: Actor) -> None:
    """Each night. A night that failed is looked at by the next one: nothing is left out."""
    actions.look_at_grounds(by=by, at=context.moment())


@job(service_name="lookout", name="openings.look_at_weeks", cron="20 4 * * *")
def look_at_weeks(*, by: Actor) -> None:
    """Each night, every week that is over and was not looked at yet."""
    actions.look_at_weeks(by=by, at=context.moment())
