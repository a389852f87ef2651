"""When is the list of a day destroyed? The next night, unless something happened."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.followup.activities import actions


@job(service_name="expiry", name="activities.forget_lists", cron="50 3 * * *")
def forget_lists(*, by: Actor) -> None:
    """Who was with whom is kept nowhere."""
    context.require(by)
    actions.forget_lists(at=context.moment())
