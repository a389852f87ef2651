"""Which relations between files does a page need to know?"""

from __future__ import annotations

from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.sharing.models import Joined


def joined_away(*, actor: Actor) -> set[UUID]:
    """The files that the person said are hers too, by those who walk with her by the one that is
    kept: she is shown once, by that one."""
    context.require(actor)
    return set(Joined.objects.filter(ends_at=None).values_list("joined_id", flat=True))
