"""What do covers show on a worker's day, and beside her week?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.covering import policy, queries
from spheres.records.between.places import Block, Link
from spheres.ui import addresses


def answering(*, actor: Actor) -> Block | None:
    """On my day, for whom I answer and until when; whom it is about stands on its own page."""
    if not policy.can_be_away(actor):
        return None
    covers = queries.mine_now(actor=actor, at=clock.now())
    if not covers:
        return None
    elsewhere = [one for one in covers if one.organisation]
    says = {"covers": covers, "elsewhere": elsewhere, "here": len(covers) > len(elsewhere)}
    return Block("covering/day.html", says)


def way(*, actor: Actor) -> Link | None:
    """Beside my week: being away, and who is on call."""
    if not policy.can_look(actor):
        return None
    return Link(_("Absences and on call"), addresses.to("covering:overview"), "calendar")
