"""How do the seventeen regions of Québec become a picture? One tile each, roughly in its place.

Our own drawing: no map is fetched from anybody. A tile is an open frame with the region’s number;
in it, a bar as long as the people trained there, and their number. No colour means anything alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from spheres.training.reach.queries import Line

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
    """One region: its number, how many people, and where it stands."""

    number: str
    people: int
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
    def people_at(self) -> int:
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


def picture(lines: Iterable[Line], place: int) -> Picture:
    """The regions in one year: `place` is that of the year in each line."""
    drawn = [(one.code[-2:], one) for one in lines if one.code[-2:] in PLACES]
    most = max((one.numbers[place].people for _number, one in drawn), default=0) or 1
    return Picture(
        tuple(_tile(number, one.numbers[place].people, most) for number, one in drawn),
        ", ".join(
            _("%(label)s: %(number)s") % {"label": one.label, "number": one.numbers[place].people}
            for _number, one in drawn
        ),
    )


def _tile(number: str, people: int, most: int) -> Tile:
    column, row = PLACES[number]
    length = round((WIDE - 12) * people / most)
    return Tile(
        number,
        people,
        max(length, 3) if people else 0,
        column * (WIDE + GAP) + 1,
        row * (HIGH + GAP) + 1,
    )
