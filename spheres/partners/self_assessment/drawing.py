"""How does what all partners said of one statement look, year by year?

One bar a year, cut into the steps from «not yet» to «fully»; the table beside says the same. No
partner is told apart, and none is above another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from spheres.partners.self_assessment.models import Step
from spheres.partners.self_assessment.queries import Together

WIDTH: Final = 300
LEFT: Final = 48  # where bars begin: the year is written before
BAR: Final = 24
GAP: Final = 12


@dataclass(frozen=True)
class Piece:
    """How many partners stand at one step, as a part of the bar."""

    step: int
    number: int
    x: int
    width: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class Bar:
    year: int
    y: int
    pieces: tuple[Piece, ...]

    @property
    def text_at(self) -> int:
        return self.y + 17


@dataclass(frozen=True)
class Picture:
    bars: tuple[Bar, ...]
    said: str
    height: int
    width: int = WIDTH
    bar: int = BAR


def picture(of: Together) -> Picture | None:
    """None when no year has enough answers."""
    if not of.years:
        return None
    bars = []
    for rank, year in enumerate(of.years):
        pieces, x = [], LEFT
        for place, number in enumerate(year.numbers):
            width = round((WIDTH - LEFT) * number / year.total)
            if number:
                pieces.append(Piece(place + 1, number, x, width))
            x += width
        bars.append(Bar(year.year, rank * (BAR + GAP), tuple(pieces)))
    said = "; ".join(
        _("%(label)s: %(number)s")
        % {
            "label": year.year,
            "number": ", ".join(
                f"{Step(place + 1).label} {number}"
                for place, number in enumerate(year.numbers)
                if number
            ),
        }
        for year in of.years
    )
    return Picture(tuple(bars), said, len(of.years) * (BAR + GAP) - GAP)


def columns() -> list[Any]:
    return [_("Year"), *(step.label for step in Step if step)]


def rows(of: Together) -> list[list[str]]:
    """The same as a table."""
    return [[str(year.year), *map(str, year.numbers)] for year in of.years]
