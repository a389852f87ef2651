"""Which works of the library may go along with an answer given to somebody from outside?

Whoever keeps the library offers them here; whoever answers copies how a work is cited that day. The
reader needs no account, and is led to nothing of the house.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from spheres.core.actor import Actor


@dataclass(frozen=True)
class Work:
    """One work: its code, how it is cited, and where it stands when that is known."""

    code: str
    citation: str
    address: str = ""

    @property
    def line(self) -> str:
        """How it is kept with an answer."""
        return f"{' '.join(self.citation.split())}\t{self.address}"


_lending: list[Callable[..., list[Work]]] = []


def lend(find: Callable[..., list[Work]]) -> None:
    """Register `find(actor=…, on=…)`, the works that may go along."""
    _lending.append(find)


def works(*, actor: Actor, on: date) -> list[Work]:
    """All of them, in the order of the library."""
    return [work for find in _lending for work in find(actor=actor, on=on)]
