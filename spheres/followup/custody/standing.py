"""What does custody put on the day of whoever holds notes?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.custody import policy, queries
from spheres.records.between import places
from spheres.records.between.places import Handed
from spheres.ui import addresses


def held_by_me(*, actor: Actor) -> list[Handed]:
    """One line, as long as one holds the notes of somebody."""
    if not policy.can_hold(actor):
        return []
    if not places.rows_of_day(queries.HELD, actor=actor, at=clock.now()):
        return []
    return [
        Handed(
            sentence=_("You hold the notes of a colleague who is no longer here."),
            url=addresses.to("custody:held"),
            verb=gettext_lazy("Open them"),
            icon="lock",
        )
    ]
