"""When is a letter that arrived at the desk forgotten? Each night, by the region's rules."""

from __future__ import annotations

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job
from spheres.privacy.access_requests import actions
from spheres.privacy.access_requests.models import Letter, Passed
from spheres.regions import queries as regions


@job(service_name="expiry", name="access_requests.forget_letters", cron="42 3 * * *")
def forget_letters(*, by: Actor) -> None:
    """What was shown to a colleague first; then what was answered long ago."""
    for rule in (Passed.KEEP, Letter.KEEP):
        actions.forget_letters(rule, before=regions.term(rule, context.moment()), by=by)
