"""When does it go, and when is all of it told together? At night."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.worker_support.competencies import actions


@job(service_name="expiry", name="competencies.forget", cron="52 3 * * *")
def forget(*, by: Actor) -> None:
    """All that is older than the region's delay, whosever it is, unread."""
    actions.forget(by=by, at=context.moment())


@job(service_name="rollups", name="competencies.tell", cron="44 6 * * *")
def tell(*, by: Actor) -> None:
    """The half-years that are over. Running twice gives the same rows."""
    actions.tell(by=by)
