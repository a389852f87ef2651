"""On which pages may somebody be recognised, and what closes when the reader knows them?

Whoever reads something of a person with whom they do not walk may know them outside work: a
stand-in, a partner, a psychotherapist, whoever something was handed over to, a member who
recognises a vignette. Each folder says here how its page is closed; one page asks it, for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from spheres.core.actor import Actor
from spheres.sharing import actions as sharing


class Close(Protocol):
    """What is pressed: `said_id` is the number of the form, so that it is said once."""

    def __call__(self, what: UUID, /, *, said_id: UUID, by: Actor, at: datetime) -> None: ...


@dataclass(frozen=True)
class Reading:
    """A kind of page, by the word its address bears.

    `find(pk, actor=, at=)` gives what is closed, a file mostly, as long as the page is open to
    whoever asks; else None, as of what does not exist. `back` is the name of the page itself.
    """

    kind: str
    find: Callable[..., UUID | None]
    back: str
    close: Close = sharing.declare_conflict


_readings: dict[str, Reading] = {}


def read_here(reading: Reading) -> None:
    """Register a page on which somebody may be recognised."""
    if _readings.setdefault(reading.kind, reading) != reading:
        raise ValueError(f"Two pages are called {reading.kind!r}.")


def reading(kind: str) -> Reading | None:
    """The page this word stands for, if there is one."""
    return _readings.get(kind)
