"""Which figures are counted, and where are they defined? Whoever counts says it, unknown to whoever
points at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from spheres.core.actor import Actor
from spheres.core.decision import Decision
from spheres.ui import addresses


@dataclass(frozen=True)
class Measured:
    """One figure: its code, how it is called, the page that says what is counted, who reads that
    page, where on it; and the page that shows the numbers, for the same readers."""

    code: str
    label: Any  # said in the language of whoever reads
    url_name: str
    may_read: Callable[[Actor], Decision]
    place: str = ""
    numbers_at: str = ""

    def url_for(self, actor: Actor) -> str:
        """The way to it; empty for whoever would be refused there."""
        if not self.may_read(actor):
            return ""
        return addresses.to(self.url_name) + (f"#{self.place}" if self.place else "")

    def numbers_url_for(self, actor: Actor) -> str:
        """The way to the numbers; empty for whoever would be refused there."""
        return addresses.to(self.numbers_at) if self.may_read(actor) else ""


_measured: dict[str, Measured] = {}


def say(figure: Measured) -> None:
    """Register a figure. Two folders may not give one code to two of them."""
    if _measured.setdefault(figure.code, figure) != figure:
        raise ValueError(f"Two figures are called {figure.code!r}.")


def codes() -> list[str]:
    """Every code that a region's files may name."""
    return sorted(_measured)


def measured(code: str) -> Measured | None:
    """One figure; None when nobody counts it any more."""
    return _measured.get(code)
