"""What waits at the desk of those who wonder why a page does not open? One neutral line each."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core.actor import Actor
from spheres.followup.why import policy, queries
from spheres.records.places import Handed
from spheres.ui import addresses, moments


def asked(*, actor: Actor) -> list[Handed]:
    """Who asks, since when; nothing of what they looked for, which may not exist."""
    if not policy.can_see_to(actor):
        return []
    return [
        Handed(
            sentence=_("%(worker)s asks about a page that does not open, since %(day)s.")
            % {"worker": one.worker, "day": moments.day_of_year(one.row.asked_at)},
            url=addresses.to("why:asked"),
            verb=gettext_lazy("See to it"),
            icon="question",
        )
        for one in queries.waiting(actor=actor)
    ]
