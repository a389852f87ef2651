"""Which files does a region's folder hold? Each area registers its own, in its `region.py`.

They are read, checked, planned and applied in the order of the house, from below to above: a file
may speak of what a lower one has named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from spheres.core.actor import Actor
from spheres.regions.models import identifier
from spheres.regions.reading import Part


class Kind(StrEnum):
    """What a loading does to one thing."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    ENDED = "ended"  # access that ends; the person stays, with all she wrote
    KEPT = "kept"  # no longer in the file, and stays in the database


@dataclass(frozen=True)
class Change:
    """One thing a loading would do, as its preview says it."""

    kind: Kind
    name: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loading:
    """One loading: what the files say, in whose name, when, and since when this region is here."""

    slug: str
    said: Mapping[str, Any]
    by: Actor
    at: datetime
    first_at: datetime

    def id(self, kind: str, slug: str) -> UUID:
        return identifier(self.slug, kind, slug)


@dataclass(frozen=True)
class Section:
    """One kind of file of a region's folder.

    `check` reads the parts and notes every fault; what it returns is handed to `plan` and `apply`,
    and, under `name`, to the sections above. `apply` runs in the loader's one transaction.
    """

    name: str
    file: str  # «people.yaml», or «life/*.yaml»
    title: Any
    check: Callable[[list[Part], Mapping[str, Any]], Any]
    plan: Callable[[Loading], Sequence[Change]]
    apply: Callable[[Loading], None]
    is_required: bool = False
    # What no file says any more must be withdrawn, even when the last of these files has gone:
    # checked, planned and applied without a file too.
    is_said_by_none: bool = False
    # Does the database already hold things of this kind? Then it never becomes a demonstration.
    is_occupied: Callable[[], bool] = field(default=lambda: False)
    # Changed when the same file must be read again because the code now does more with it.
    version: Callable[[], str] = field(default=lambda: "1")


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Called once by each `region.py`, when the house is ready."""
    if section.name in _sections:
        raise ValueError(f"Two sections of a region are called {section.name}.")
    _sections[section.name] = section


def sections() -> Iterator[Section]:
    """Every kind of file, from below to above."""
    yield from tuple(_sections.values())
