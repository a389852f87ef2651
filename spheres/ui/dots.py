"""How do a few times look beside each other? A row a sentence, a dot a time, larger where truer.

No line joins the dots, no colour judges them, and nothing is added up. A table says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

WIDTH: Final = 300
ROW: Final = 46
FIRST: Final = 12
APART: Final = 24  # from one time to the next
RADIUS: Final = {1: 3, 2: 5, 3: 7, 4: 9}


@dataclass(frozen=True)
class Dot:
    x: int
    radius: int


@dataclass(frozen=True)
class Row:
    """One sentence, time after time; where nothing was answered there is no dot."""

    label: Any
    y: int
    dots: tuple[Dot, ...]

    @property
    def middle(self) -> int:
        return self.y + 30

    @property
    def label_at(self) -> int:
        return self.y + 14


@dataclass(frozen=True)
class Picture:
    rows: tuple[Row, ...]
    said: str
    width: int = WIDTH

    @property
    def height(self) -> int:
        return ROW * len(self.rows)


def drawn(rows: Sequence[tuple[Any, Sequence[int | None]]], *, said: str) -> Picture:
    """Of each row its label, and its step at each time, the oldest first; none: left out."""
    return Picture(
        tuple(
            Row(
                label,
                place * ROW,
                tuple(
                    Dot(FIRST + rank * APART, RADIUS[step])
                    for rank, step in enumerate(steps)
                    if step
                ),
            )
            for place, (label, steps) in enumerate(rows)
        ),
        said,
    )
