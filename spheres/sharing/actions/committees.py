"""What does the database write of a committee, in the name of whoever chairs, or sits there?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.sharing.actions.asking import ask


def present(item_id: UUID, there: Sequence[UUID], *, by: Actor) -> bool:
    """A line of the register of whoever was spoken of: which organisations were there, by which
    agreements. False when none stands any more: nothing is written."""
    context.require(by)
    return bool(ask("present_item", item_id, list(there)))


def step_out(item_id: UUID, *, said_id: UUID, by: Actor, at: datetime) -> None:
    """Whoever recognises somebody in an item that others brought: it no longer exists for `by`, nor
    does anything of the file it speaks of; which one is read by nobody."""
    context.require(by)
    if ask("step_out", item_id, said_id):
        audit.record("conflict.declared", by=by, records=[item_id])
