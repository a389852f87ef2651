"""How is work that stopped tried again, and a region’s folder loaded anew?"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.interop.upkeep import policy
from spheres.regions import loading
from spheres.regions.loading import LOADER

HAS_CHANGED = _("The folder has changed since this page was shown: look at it again.")


@transaction.atomic
def try_again(number: int, *, by: Actor, at: datetime) -> bool:
    """Put one that stopped back in line; running twice does no harm. False: it is not stopped."""
    policy.can_look_after(by).or_raise()
    with connection.cursor() as cursor:
        cursor.execute(
            "select from procrastinate_jobs where id = %s and status = 'failed' for update",
            [number],
        )
        if not cursor.rowcount:
            return False
        cursor.execute("select procrastinate_retry_job_v2(%s, %s, null, null, null)", [number, at])
    audit.record("upkeep.tried_again", by=by)
    return True


@transaction.atomic
def reload_region(slug: str, fingerprint: str, *, by: Actor, at: datetime) -> None:
    """Make the database say what the folder says, as it was shown: all of it, or nothing.

    Raises WrongState when the folder is another one since, and Refused for what does not read.
    """
    policy.can_look_after(by).or_raise()
    folder = settings.ROOT / "regions" / slug
    with context.acting_as(LOADER):
        region = loading.standing(by=LOADER)
        if region is None or region.slug != slug or region.is_demo:
            raise WrongState(HAS_CHANGED)
        found = loading.check(folder)
        if found.fingerprint != fingerprint:
            raise WrongState(HAS_CHANGED)
        loading.load(found, by=LOADER, at=at)
        loading.finish(found, by=LOADER)
    audit.record("upkeep.region_loaded", by=by, basis=slug)
