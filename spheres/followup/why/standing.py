"""What waits at the desk of those who wonder why a page does not open? One neutral line each."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.why import policy, queries
from spheres.records.between import places
from spheres.records.between.places import Handed
from spheres.ui import addresses, moments


def asked(*, actor: Actor) -> list[Handed]:
    """Who asks, since when; nothing of what they looked for, which may not exist."""
    if not policy.can_see_to(actor):
        return []
    rows = places.rows_of_day(queries.WAITING, actor=actor, at=clock.now())
    found = sorted((datetime.fromisoformat(row["asked_at"]), row["id"], row["who"]) for row in rows)
    return [
        Handed(
            sentence=_("%(worker)s asks about a page that does not open, since %(day)s.")
            % {"worker": worker, "day": moments.day_of_year(asked_at)},
            url=addresses.to("why:asked"),
            verb=gettext_lazy("See to it"),
            icon="question",
        )
        for asked_at, _id, worker in found[: queries.MOST]
    ]
