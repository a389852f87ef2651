"""What does the library ask of the desk? Which links are to be looked at."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.partners.library import policy, queries
from spheres.records.between.places import Handed
from spheres.ui import addresses


def to_look_at(*, actor: Actor) -> list[Handed]:
    """One sentence when a link was not looked at for half a year, or no longer opens."""
    if not policy.can_check(actor):
        return []
    found = queries.to_look_at(actor=actor, at=clock.now())
    if not found:
        return []
    sentence = ngettext(
        "%(number)s link of the library is to be looked at.",
        "%(number)s links of the library are to be looked at.",
        found,
    )
    there = addresses.to("library:due")
    return [Handed(sentence % {"number": found}, there, _("See the links"), "book")]
