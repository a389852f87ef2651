"""What did she ask from her notebook, from which a page of her worker begins?

The page where a thing is written knows nothing of her notebook: the folder of what she asks
registers here how one ask is found, when the house is ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spheres.core.actor import Actor


@dataclass(frozen=True)
class Begun:
    """One thing asked: in her words, on that day. `id` is how a page names it in its address."""

    id: UUID
    words: str
    on: date


_finding: list[Callable[..., Begun | None]] = []


def begin_from(find: Callable[..., Begun | None]) -> None:
    """Register the one function `find(file_id, ask_id, actor=…)` that opens what was asked."""
    if _finding and _finding != [find]:
        raise ValueError("Two folders keep what was asked from a notebook.")
    _finding[:] = [find]


def begun(file_id: UUID, sent: str, *, actor: Actor) -> Begun | None:
    """What this page begins from, when its address names it and it may be read; nothing else is
    opened, and nothing is when it is none."""
    try:
        ask_id = UUID(sent)
    except ValueError:
        return None
    return next((find(file_id, ask_id, actor=actor) for find in _finding), None)
