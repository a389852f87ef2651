"""What is swept away later? Counters, spent challenges and ended sessions that say nothing more."""

from __future__ import annotations

from datetime import timedelta

from spheres.accounts.actions import recovering
from spheres.accounts.models import Attempt, Session, Spent
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job


@job(service_name="doorkeeper", name="accounts.sweep", cron="17 3 * * *")
def sweep(*, by: Actor) -> None:
    """Each night. A counter of wrong passwords in a row stays until it is released."""
    context.require(by)
    at = context.moment()
    recovering.lapse(by=by, at=at)
    Spent.objects.filter(until__lt=at).delete()
    Attempt.objects.exclude(kind="in_a_row").filter(last_at__lt=at - timedelta(days=1)).delete()
    Session.objects.filter(ends_at__lt=at - timedelta(days=7)).delete()
