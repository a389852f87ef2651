"""When is a demand that no file answers forgotten? Each night, by the region's rule."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.privacy.legal_demands import actions
from spheres.privacy.legal_demands.models import Demand
from spheres.regions import queries as regions


@job(service_name="expiry", name="legal_demands.forget_demands", cron="44 3 * * *")
def forget_demands(*, by: Actor) -> None:
    """What a file answers is kept with its registers, and goes with them."""
    actions.forget_demands(before=regions.term(Demand.KEEP, context.moment()), by=by)
