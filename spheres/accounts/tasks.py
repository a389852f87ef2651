"""What is swept away later? Counters, spent challenges, ended sessions, devices of another time."""

from __future__ import annotations

from datetime import timedelta

from spheres.accounts.actions import recovering
from spheres.accounts.models import Attempt, Device, Session, Spent
from spheres.accounts.sessions import ASKED, KNOWN
from spheres.core import clock, context
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
    # A cookie lives less long: a browser not seen since is never known again.
    Device.objects.filter(last_seen_on__lt=clock.day_of(at - 2 * KNOWN)).delete()
    Device.objects.filter(revoked_at__lt=at - ASKED).delete()
    gone = Device.objects.filter(is_shared=True, first_seen_at__lt=at - ASKED)
    gone.filter(last_seen_on__lt=clock.day_of(at - timedelta(days=7))).delete()
