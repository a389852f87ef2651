"""What do practice groups put in the calendar of their members?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.records.between.programme import Planned
from spheres.ui import addresses
from spheres.worker_support.practice_groups import policy, queries

PRACTICE: Final = "practice"


def planned(*, actor: Actor, since: datetime, until: datetime) -> list[Planned]:
    """Of my groups alone: when, and how we meet. What about is on its page."""
    if not policy.can_look(actor):
        return []
    return [
        Planned(
            PRACTICE,
            _("Practice group"),
            _("Practice group"),
            addresses.to("practice_groups:group", row.group_id),
            row.starts_at,
            row.starts_at + timedelta(minutes=row.minutes),
            row.get_way_display(),
            is_off=row.cancelled_at is not None,
        )
        for row in queries.between(since, until, actor=actor)
    ]
