"""How does one come to a parcel of another programme? From the list of one’s people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.followup.transfers import policy
from spheres.records.between.places import Link
from spheres.ui import addresses


def link(*, actor: Actor) -> Link | None:
    if not policy.can_open(actor):
        return None
    return Link(_("A parcel from another programme"), addresses.to("transfers:open"), "lock")
