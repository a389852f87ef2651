"""Who is not back, in the pictures of the demonstration? In it, nobody is late.

Run once on the database from which the pictures are drawn, after its loading.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from spheres.accounts.models import Membership
from spheres.config.today import LINE
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.regions.loading import LOADER
from spheres.worker_support.outings import actions as outings
from spheres.worker_support.outings import queries

BEGUN_BEFORE, BACK_BEFORE = timedelta(hours=3), timedelta(minutes=50)


@transaction.atomic
def play(out: str, watching: str) -> None:
    """The first ends the outing that stands, and is late from one begun before; by their names."""
    worker, colleague = _at_work(out), _at_work(watching)
    now = clock.now()
    with context.acting_as(worker):
        standing = queries.mine(actor=worker)
        if standing is not None:
            outings.end(standing.pk, by=worker, at=now)
    begun = outings.Begun(uuid4(), "PUBLIC", now - BACK_BEFORE, colleague.user_id, LINE)
    with clock.at(now - BEGUN_BEFORE), context.acting_as(worker):
        outings.begin(begun, by=worker, at=now - BEGUN_BEFORE)


def _at_work(name: str) -> Actor:
    with context.acting_as(LOADER):
        found = Membership.objects.filter(user__name=name, ends_at=None)
        memberships = list(found.order_by("organisation_id", "role"))
    first = memberships[0]
    roles = {one.role for one in memberships if one.organisation_id == first.organisation_id}
    return Actor(first.user_id, first.organisation_id, frozenset(roles))
