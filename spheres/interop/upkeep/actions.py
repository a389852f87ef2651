"""How is work that stopped tried again?"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.interop.upkeep import policy


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
