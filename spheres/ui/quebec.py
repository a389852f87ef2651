"""How do the seventeen regions of Québec become a picture? One tile each, roughly in its place.

Our own drawing: no map is fetched from anybody. A tile is an open frame with the region’s number;
in it, a bar as long as what is counted there, and the number. No colour means anything alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

WIDE, HIGH, GAP = 58, 62, 4
PLACES: Final = {
    "10": (2, 0),
    "08": (0, 1), "02": (2, 1), "09": (4, 1),
    "07": (0, 2), "15": (1, 2), "04": (2, 2), "03": (3, 2), "01": (4, 2), "11": (5, 2),
    "13": (0, 3), "14": (1, 3), "17": (2, 3), "12": (3, 3),
    "06": (0, 4), "16": (1, 4), "05": (2, 4),
}  # fmt: skip


@dataclass(frozen=True)
class Tile:
    """One region: its number, how many are counted there, and where it stands."""

    number: str
    many: int
    length: int
    left: int
    top: int

    @property
    def words_from(self) -> int:
        return self.left + 6

    @property
    def number_at(self) -> int:
        return self.top + 18

    @property
    def many_at(self) -> int:
        return self.top + 38

    @property
    def bar_at(self) -> int:
        return self.top + 45


@dataclass(frozen=True)
class Picture:
    tiles: tuple[Tile, ...]
    said: str
    width: int = 6 * (WIDE + GAP)
    height: int = 5 * (HIGH + GAP)
    tile_width: int = WIDE
    tile_height: int = HIGH


def picture(lines: Iterable[tuple[str, str, int]]) -> Picture:
    """The regions, each by its code, its label, and how many are counted there."""
    drawn = [(code[-2:], label, many) for code, label, many in lines if code[-2:] in PLACES]
    most = max((many for _number, _label, many in drawn), default=0) or 1
    return Picture(
        tuple(_tile(number, many, most) for number, _label, many in drawn),
        ", ".join(
            _("%(label)s: %(number)s") % {"label": label, "number": many}
            for _number, label, many in drawn
        ),
    )


def _tile(number: str, many: int, most: int) -> Tile:
    column, row = PLACES[number]
    length = round((WIDE - 12) * many / most)
    return Tile(
        number,
        many,
        max(length, 3) if many else 0,
        column * (WIDE + GAP) + 1,
        row * (HIGH + GAP) + 1,
    )
