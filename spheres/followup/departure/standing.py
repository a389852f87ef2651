"""What does a departure put on a worker's day, and beside a file?"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.departure import policy, queries
from spheres.records.between import places
from spheres.records.between.places import Block, Handed
from spheres.ui import addresses, moments


def of_day(*, actor: Actor) -> list[Handed]:
    """That the organisation leaves, and how many of one's people are still to be asked."""
    if not policy.can_ask(actor):
        return []
    found = queries.of_day(actor=actor, at=clock.now())
    if found is None:
        return []
    number = int(found["to_ask"])
    when = {"day": moments.day(date.fromisoformat(found["last_on"])), "number": number}
    if number:
        sentence = ngettext(
            "On %(day)s, your organisation leaves the programme: %(number)s person is to be asked.",
            "On %(day)s, your organisation leaves the programme: %(number)s people are to be "
            "asked.",
            number,
        )
    else:
        sentence = _("On %(day)s, your organisation leaves the programme: everybody was asked.")
    return [
        Handed(
            sentence=sentence % when,
            url=addresses.to("departure:people"),
            verb=gettext_lazy("See where each stands"),
            icon="door",
        )
    ]


def block(file_id: UUID, *, actor: Actor) -> Block | None:
    """In a file, once it is confirmed: the way to ask the person. It asks the database nothing."""
    if not policy.can_ask(actor):
        return None
    if queries.LEAVES not in {what for what, _id in places.facts_of(file_id)}:
        return None
    return Block("departure/block.html", {"file_id": file_id})
