"""What does the database write of a committee, in the name of whoever chairs?"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.sharing.actions.asking import ask


def present(item_id: UUID, there: Sequence[UUID], *, by: Actor) -> bool:
    """A line of the register of whoever was spoken of: which organisations were there, by which
    agreements. False when none stands any more: nothing is written."""
    context.require(by)
    return bool(ask("present_item", item_id, list(there)))
