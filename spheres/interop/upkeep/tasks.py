"""What of the machine's own work begins again, cut short, and what is forgotten?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import connection

from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.jobs import job

# A worker says that it lives every ten seconds, by the database's clock. What one had begun that
# has not said so for a minute begins again, five times; then it stops, and somebody looks.
SILENT: Final = 60  # seconds
TRIES: Final = 5
CUT_SHORT: Final = """
with cut_short as (
  select j.id, j.attempts from procrastinate_jobs j
  left join procrastinate_workers w on w.id = j.worker_id
  where j.status = 'doing'
    and coalesce(w.last_heartbeat < now() - make_interval(secs => %(silent)s), true))
select case when attempts < %(tries)s then procrastinate_retry_job_v2(id, now(), null, null, null)
  else procrastinate_finish_job_v1(id, 'failed', false) end
from cut_short order by id"""
KEPT: Final = timedelta(days=30)
# What stopped stays: somebody has to look at it.
FORGET: Final = """
delete from procrastinate_jobs j where j.status in ('succeeded', 'cancelled', 'aborted')
  and not exists (
    select from procrastinate_events v where v.job_id = j.id and v.at >= %(before)s)"""


@job(service_name="upkeep", name="upkeep.begin_again", cron="*/5 * * * *")
def begin_again(*, by: Actor) -> int:
    """What a machine that went down had begun, on whichever still works; how many."""
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute(CUT_SHORT, {"silent": SILENT, "tries": TRIES})
        return cursor.rowcount


@job(service_name="upkeep", name="upkeep.forget", cron="41 3 * * *")
def forget(*, by: Actor) -> int:
    """Each night; returns how many. Names and hours alone are kept of work, and not for ever."""
    context.require(by)
    with connection.cursor() as cursor:
        cursor.execute(FORGET, {"before": context.moment() - KEPT})
        return cursor.rowcount
