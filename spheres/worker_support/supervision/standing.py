"""What does supervision put in the calendar and on the day of the two people alone?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between.places import Handed
from spheres.records.between.programme import Planned
from spheres.ui import addresses, moments
from spheres.worker_support.supervision import queries
from spheres.worker_support.supervision.models import CONCERNED

SUPERVISION: Final = "supervision"


def planned(*, actor: Actor, since: datetime, until: datetime) -> list[Planned]:
    """Mine alone: when, and how we meet. With whom and what for is on its page."""
    if not actor.has(*CONCERNED):
        return []
    return [
        Planned(
            SUPERVISION,
            _("Supervision"),
            _("Supervision"),
            addresses.to("supervision:slot", row.pk),
            row.starts_at,
            row.starts_at + timedelta(minutes=row.minutes),
            row.get_way_display(),
            is_off=row.outcome == row.Outcome.CANCELLED,
        )
        for row in queries.between(since, until, actor=actor)
    ]


def soon(*, actor: Actor) -> list[Handed]:
    """Within two days; what somebody asks me; what was moved or will not take place."""
    return [
        Handed(
            sentence=_sentence(row),
            url=addresses.to("supervision:slot", row["id"]),
            verb=gettext_lazy("See it"),
            icon="cup",
        )
        for row in queries.soon(actor=actor, at=clock.now())
    ]


def _sentence(row: dict[str, Any]) -> str:
    when = {"when": moments.moment(datetime.fromisoformat(row["starts_at"]))}
    if row["is_off"]:
        return _("Supervision, %(when)s: it will not take place.") % when
    if row["is_offered"] and not row["is_accepted"]:
        return _("Supervision, %(when)s: somebody asks for your slot.") % when
    if row["is_moved"] and not row["is_offered"]:
        return _("Supervision: another moment was said, %(when)s") % when
    if not row["is_accepted"]:
        return _("Supervision, %(when)s: you asked for it, the answer is still to come.") % when
    return _("Supervision, %(when)s") % when
