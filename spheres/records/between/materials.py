"""With what is the programme presented? Whoever keeps materials says which, by version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spheres.core.actor import Actor


@dataclass(frozen=True)
class Material:
    """One version of a material: which one, what it is called, where it stands."""

    id: UUID
    first_id: UUID  # the same from one version to the next
    version: int
    title: str
    topic: str
    dated_on: date
    address: str
    is_newest: bool


_keeping: list[Callable[..., list[Material]]] = []


def keep(find: Callable[..., list[Material]]) -> None:
    """Register `find(actor=…)`: every version of what serves to present or teach, by title."""
    _keeping.append(find)


def known(*, actor: Actor) -> list[Material]:
    """All of them, in the order of the folders."""
    return [one for find in _keeping for one in find(actor=actor)]
