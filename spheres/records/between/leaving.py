"""What is a colleague's alone, and goes when they leave? Folders say it, unknown to hand-overs."""

from __future__ import annotations

from collections.abc import Callable

from spheres.core.actor import Actor
from spheres.records.between.places import Block

_theirs: list[Callable[..., Block | None]] = []


def leave_with(find: Callable[..., Block | None]) -> None:
    """Register a function `find(actor=…)` whose block stands before whoever leaves."""
    _theirs.append(find)


def theirs(actor: Actor) -> list[Block]:
    """What is this person's alone, in the order of the folders."""
    return [block for find in _theirs if (block := find(actor=actor))]
