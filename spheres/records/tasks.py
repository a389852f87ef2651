"""When is a text that was begun and never signed forgotten? Each night, by the region's rule."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.records import actions
from spheres.records.models import Draft
from spheres.regions import queries as regions


@job(service_name="expiry", name="records.forget_drafts", cron="40 3 * * *")
def forget_drafts(*, by: Actor) -> None:
    """Her page of the day shows a draft to its author until then."""
    actions.forget_drafts(before=regions.term(Draft.KEEP, context.moment()), by=by)
