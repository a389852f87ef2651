"""Which notes of a file may a worker bring to her supervisor, and how does each read?

Whoever keeps notes offers them here; supervision copies the chosen ones, as they were signed that
day, and knows nothing of where they are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor


@dataclass(frozen=True)
class Choice:
    """A signed note, still locked: its kind, a code of the region's contact kinds, and its day."""

    id: UUID
    kind: str
    at: datetime


@dataclass(frozen=True)
class Chosen:
    """The same, opened: who wrote it, and each of its texts under its title."""

    id: UUID
    kind: str
    at: datetime
    written_by: UUID
    texts: tuple[tuple[str, str], ...]


_offering: list[Callable[..., list[Choice]]] = []
_copying: list[Callable[..., list[Chosen]]] = []


def offer(find: Callable[..., list[Choice]], copy: Callable[..., list[Chosen]]) -> None:
    """Register `find(file_id, actor=…)`, the notes that may be chosen, the newest first, and
    `copy(file_id, ids, actor=…)`, those that were."""
    _offering.append(find)
    _copying.append(copy)


def choices(file_id: UUID, *, actor: Actor) -> list[Choice]:
    """All of them, the newest first; nothing is opened."""
    found = [one for find in _offering for one in find(file_id, actor=actor)]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def chosen(file_id: UUID, ids: Collection[UUID], *, actor: Actor) -> list[Chosen]:
    """These, opened, the newest first; those that are not there any more are left out."""
    found = [one for copy in _copying for one in copy(file_id, ids, actor=actor)]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)
