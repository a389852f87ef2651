"""What do attestations say elsewhere? What is to be renewed, in time; what holds, before more."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.records.between.places import Handed
from spheres.training.attestations import queries
from spheres.ui import addresses, moments


def holding(*, actor: Actor) -> set[str]:
    """The topics in which one's own training holds today."""
    mine, today = queries.newest({actor.user_id}).get(actor.user_id, {}), clock.today()
    return {topic for topic, (_on, until) in mine.items() if until is None or until >= today}


def to_renew(*, actor: Actor) -> list[Handed]:
    """One quiet line, sixty days ahead, of one's own trainings; nobody else reads it there."""
    found = queries.lapsing(actor=actor, at=clock.now())
    if not found:
        return []
    first = found[0]
    sentence = ngettext(
        "A training of yours is to be renewed before %(day)s.",
        "%(number)s trainings of yours are to be renewed, the first before %(day)s.",
        len(found),
    ) % {"number": len(found), "day": moments.day(first.ends_on)}
    return [Handed(sentence, addresses.to("attestations:mine"), _("See my trainings"), "book")]
