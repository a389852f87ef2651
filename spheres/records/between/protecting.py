"""What may protect somebody when a life may be in danger? Each folder says how its own shows.

Shown on the page that is opened for that, and on no other (ADR exceptional-access).
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from spheres.core.actor import Actor
from spheres.records.between.places import Locked

_found: list[Callable[..., Locked]] = []


def protect_with(find: Callable[..., Locked]) -> None:
    """Register a function `find(file_id, actor=…)`: rows to open, and the block they make."""
    _found.append(find)


def of(file_id: UUID, *, actor: Actor) -> list[Locked]:
    """All of it for one file, in the order of the folders."""
    return [find(file_id, actor=actor) for find in _found]
