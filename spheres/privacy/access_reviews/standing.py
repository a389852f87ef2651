"""What does the yearly look at access put before whoever guards privacy?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.privacy.access_reviews import policy, queries
from spheres.records.between import places
from spheres.records.between.places import Handed
from spheres.ui import addresses, moments


def due(*, actor: Actor) -> list[Handed]:
    """A month before a year has passed; at once when nobody ever looked."""
    if not policy.can_review(actor):
        return []
    rows = places.rows_of_day(queries.LAST, actor=actor, at=clock.now())
    last = next((row["at"] for row in rows if row["at"]), None)
    if last is None:
        sentence = _("Nobody has looked yet at who has access here.")
    else:
        next_time = datetime.fromisoformat(last) + queries.A_YEAR
        if clock.now() < next_time - queries.AHEAD:
            return []
        sentence = _("Who has access here: to look at again by %(day)s.") % {
            "day": moments.day_of_year(next_time)
        }
    return [
        Handed(
            sentence=sentence,
            url=addresses.to("access_reviews:page"),
            verb=gettext_lazy("Look at it"),
            icon="people",
        )
    ]
