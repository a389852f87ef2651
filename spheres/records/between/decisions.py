"""On which decisions of a committee can what a folder keeps lean? Committees say so, once ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor


@dataclass(frozen=True)
class Taken:
    """Something a committee decided, in its words: shown to whoever chairs it."""

    id: UUID
    committee_id: UUID
    words: str
    taken_at: datetime


_read: list[Callable[..., list[Taken]]] = []


def tell(find: Callable[..., list[Taken]]) -> None:
    """Register `find(actor=…, at=…)`: what was decided in a year where this person chairs."""
    _read.append(find)


def where_one_chairs(*, actor: Actor, at: datetime) -> list[Taken]:
    """What was decided in a year at the committees that this person chairs, the newest first."""
    found = [one for find in _read for one in find(actor=actor, at=at)]
    return sorted(found, key=lambda one: (one.taken_at, str(one.id)), reverse=True)
