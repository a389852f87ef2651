"""What of the machine's own work is forgotten? What was done, after a month."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connection

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job

KEPT: Final = timedelta(days=30)
# What stopped stays: somebody has to look at it.
FORGET: Final = """
delete from procrastinate_jobs j where j.status in ('succeeded', 'cancelled', 'aborted')
  and not exists (
    select from procrastinate_events v where v.job_id = j.id and v.at >= %(before)s)"""


@job(service_name="upkeep", name="upkeep.forget", cron="41 3 * * *")
def forget(*, by: Actor) -> int:
    """Each night; returns how many. Names and hours alone are kept of work, and not for ever."""
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute(FORGET, {"before": context.moment() - KEPT})
        return cursor.rowcount
