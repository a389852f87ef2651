"""What do partners’ cards ask of the desk? Which agreements are to be reviewed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.partners.cards import policy, queries
from spheres.records.between.places import Handed
from spheres.ui import addresses


def to_review(*, actor: Actor) -> list[Handed]:
    """One sentence when the day of review of an agreement came, or comes within a month."""
    if not policy.can_keep_protocol(actor):
        return []
    found = queries.to_review(actor=actor, at=clock.now())
    if not found:
        return []
    sentence = ngettext(
        "%(number)s agreement between partners is to be reviewed.",
        "%(number)s agreements between partners are to be reviewed.",
        found,
    )
    there = addresses.to("cards:protocols")
    return [Handed(sentence % {"number": found}, there, _("See the agreements"), "note")]
