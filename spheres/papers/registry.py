"""Of which things may a paper be kept? Each folder that has one registers it here.

A paper is of one thing of one file, in the section of legal matters. The folder says who may keep
one, and whether the thing stands in that file; it never reads the bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from spheres.core.actor import Actor
from spheres.core.decision import Decision


class Sits(Protocol):
    """The file that a matter is about, when this person sits at that matter now; None else."""

    def __call__(self, about: UUID, /, *, actor: Actor) -> UUID | None: ...


class Stands(Protocol):
    """Whether this thing stands in this file, as the database shows it to this person."""

    def __call__(self, file_id: UUID, about: UUID, /, *, actor: Actor) -> bool: ...


@dataclass(frozen=True)
class PaperKind:
    """One kind: its name on the page, who may keep one, whether its thing stands, where it is."""

    slug: str
    title: Any
    lead: Any
    may: Callable[[Actor], Decision]
    stands: Stands
    back: str  # the name of the page it came from, which takes the file's identifier
    # A matter of the law has a seat: its papers are read from there too, on pages of their own.
    sits: Sits | None = None
    seat_back: str = ""  # the page of the seat, which takes the matter's identifier


_kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> None:
    """One more kind of thing has papers. Raises ValueError when its name is taken."""
    if kind.slug in _kinds:
        raise ValueError(f"{kind.slug} is registered already.")
    _kinds[kind.slug] = kind


def kind_of(slug: str) -> PaperKind | None:
    return _kinds.get(slug)


def kinds() -> list[PaperKind]:
    return list(_kinds.values())
