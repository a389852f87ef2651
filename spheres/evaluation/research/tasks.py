"""When are tables made, looked at again, and destroyed? Once approved; each night."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.evaluation.research import actions


@job(service_name="research", name="research.make", cron="30 4 * * *")
def make(*, by: Actor) -> None:
    """Once approved, and each night what was not made then. Running twice makes one."""
    actions.make(by=by, at=context.moment())


@job(service_name="research", name="research.look", cron="35 4 * * *")
def look(*, by: Actor) -> None:
    """Each night: lines to drop, tables that are over."""
    actions.look(by=by, at=context.moment())
