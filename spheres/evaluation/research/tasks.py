"""When are tables made, looked at again, and destroyed? Once approved; then all day long."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.evaluation.research import actions


@job(service_name="research", name="research.make", cron="30 4 * * *")
def make(*, by: Actor) -> None:
    """Once approved, and each night what was not made then. Running twice makes one."""
    actions.make(by=by, at=context.moment())


@job(service_name="research", name="research.look", cron="*/10 * * * *")
def look(*, by: Actor) -> None:
    """Every ten minutes: a no is carried to the tables that are held; those over are destroyed."""
    actions.look(by=by, at=context.moment())
