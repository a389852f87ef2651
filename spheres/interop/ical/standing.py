"""What do calendar addresses offer beside a worker's week?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from spheres.core.actor import Actor
from spheres.interop.ical import policy
from spheres.records.between.places import Link
from spheres.ui import addresses


def beside_week(*, actor: Actor) -> Link | None:
    """The way to her own address, whether her organisation has them or not: the page says."""
    if not policy.is_concerned(actor):
        return None
    return Link(_("My hours in my own calendar"), addresses.to("ical:mine"), "calendar")
