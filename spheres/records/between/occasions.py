"""What can something ride on: a meeting, a training, an event? Each folder says which are to come.

Neither knows the other: whoever calls occasions registers them, whoever rides on one asks here, and
what rides is shown on the page of the occasion.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from spheres.core.actor import Actor
from spheres.records.between.places import Block, Link


@dataclass(frozen=True)
class Occasion:
    """One occasion as this person may know of it: what kind, which, in words, and its page."""

    kind: str
    id: UUID
    name: Any
    url: str


_kinds: dict[str, Callable[..., list[Occasion]]] = {}
_riding: list[Callable[..., list[Link]]] = []
_laid: list[tuple[str, Callable[..., Block]]] = []


def call(kind: str, find: Callable[..., list[Occasion]]) -> None:
    """Register `find(actor=…)`: the occasions of one kind that this person knows are to come."""
    if _kinds.setdefault(kind, find) is not find:
        raise ValueError(f"Two folders call occasions {kind!r}.")


def ride(find: Callable[..., list[Link]]) -> None:
    """Register `find(kind, occasion_id, actor=…)`: what rides on one occasion, as ways to it."""
    _riding.append(find)


def lay(kind: str, find: Callable[..., Block]) -> None:
    """Register `find(occasion_id, actor=…)`: what stands on the page of each occasion of one kind,
    for whoever is awaited there."""
    _laid.append((kind, find))


def to_come(*, actor: Actor) -> list[Occasion]:
    """Those of every kind, in the order of the folders."""
    return [one for find in _kinds.values() for one in find(actor=actor)]


def riding_on(kind: str, occasion_id: UUID, *, actor: Actor) -> list[Link]:
    """What rides on one occasion, for this person."""
    return [link for find in _riding for link in find(kind, occasion_id, actor=actor)]


def laid_on(kind: str, occasion_id: UUID, *, actor: Actor) -> list[Block]:
    """What stands on the page of one occasion, in the order of the folders."""
    return [find(occasion_id, actor=actor) for of, find in _laid if of == kind]
