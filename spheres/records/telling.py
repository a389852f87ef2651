"""What was told of her is a line of her register; which folder keeps the words of some lines?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.sharing.models import Disclosure
from spheres.vault.models import Lockable


@dataclass(frozen=True)
class Said:
    """How one line reads: to whom, then, to her, in plain words."""

    recipient: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """Rows that are opened with the register; how each line then reads; which wait to be read."""

    rows: Sequence[Lockable] = ()
    # None: its words are not this reader's.
    say: Callable[[UUID], Said | None] = field(default=lambda _id: None)
    # Not read to her for now: telling could harm her.
    not_for_her: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Besides:
    """A line of her register that tells of no communication: since when, and how it reads."""

    at: datetime
    sentences: tuple[str, ...]


_kept: list[Callable[..., Kept]] = []
_besides: list[Callable[..., list[Besides]]] = []


def tell(find: Callable[..., Kept]) -> None:
    """Register a function `find(rows, actor=…)` for the disclosures whose words a folder keeps."""
    _kept.append(find)


def of(rows: Collection[Disclosure], *, actor: Actor) -> Kept:
    """What is kept of these; one folder keeps such words."""
    return next((find(rows, actor=actor) for find in _kept), Kept()) if rows else Kept()


def tell_besides(find: Callable[..., list[Besides]]) -> None:
    """Register a function `find(file_id, actor=…)`: what else she reads in her register."""
    _besides.append(find)


def besides(file_id: UUID, *, actor: Actor) -> list[Besides]:
    """All of it, in the order of the folders."""
    return [line for find in _besides for line in find(file_id, actor=actor)]
