"""How is it drawn, who expects what of whom, and who offers what?

Partners in a circle, a line for each pair: whole once both said yes, broken while one is awaited.
Services one under the other, a place for each sector: full where a partner offers it, empty where
none does. The table beside says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from textwrap import wrap
from typing import Final

from django.utils.translation import gettext as _

from spheres.accounts.models import Organisation
from spheres.partners.cards.offering import Region
from spheres.partners.cards.queries import Tie

WIDTH: Final = 320
HEIGHT: Final = 290
RADIUS: Final = 116
# Of who offers what: where words end, how far apart sectors and lines are, how many letters.
WORDS_TO: Final = 156
APART: Final = 34
ROW: Final = 40
WORDS: Final = 20


@dataclass(frozen=True)
class Dot:
    """A partner at its place, under its number in the list of partners."""

    number: int
    name: str
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """Two partners, of which one at least expects something of the other."""

    one: Dot
    other: Dot
    is_whole: bool


@dataclass(frozen=True)
class Picture:
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    said: str
    width: int = WIDTH
    height: int = HEIGHT


def picture(partners: Sequence[Organisation], ties: Sequence[Tie]) -> Picture:
    """Everyone of the programme, also whoever has said nothing yet."""
    count = max(1, len(partners))
    places = {
        one.pk: Dot(
            place + 1,
            one.name,
            round(WIDTH / 2 + RADIUS * sin(2 * pi * place / count)),
            round(HEIGHT / 2 - RADIUS * cos(2 * pi * place / count)),
        )
        for place, one in enumerate(partners)
    }
    between: dict[frozenset[object], list[Tie]] = {}
    for tie in ties:
        between.setdefault(frozenset((tie.now.organisation_id, tie.now.towards_id)), []).append(tie)
    lines = tuple(
        Line(
            places[found[0].now.organisation_id],
            places[found[0].now.towards_id],
            all(tie.stands == "AGREED" for tie in found),
        )
        for found in between.values()
    )
    said = _("Partners in a circle, and a line between those that said what they expect of each "
             "other. The table beside says the same.")  # fmt: skip
    return Picture(tuple(places.values()), lines, said)


@dataclass(frozen=True)
class Spot:
    """A sector at its place in a row: how many of its partners offer it; none: it stays empty."""

    x: int
    y: int
    number: int


@dataclass(frozen=True)
class Row:
    """A service in a row of the picture, its words on as many lines as they take."""

    lines: tuple[tuple[int, str], ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Grid:
    rows: tuple[Row, ...]
    heads: tuple[tuple[int, int], ...]  # where a sector's number stands, and the number
    said: str
    width: int
    height: int


def grid(region: Region) -> Grid:
    """Each service, and in which sectors a partner offers it; the sectors under their numbers."""
    places = [WORDS_TO + APART // 2 + APART * at for at in range(len(region.sectors))]
    rows = []
    for at, service in enumerate(region.services):
        middle = ROW * (at + 1) + ROW // 2
        words = wrap(service.label, WORDS) or [service.label]
        top = middle + 5 - 8 * (len(words) - 1)
        rows.append(
            Row(
                tuple((top + 16 * number, line) for number, line in enumerate(words)),
                tuple(
                    Spot(x, middle, len(by))
                    for x, by in zip(places, service.by_sector, strict=True)
                ),
            )
        )
    said = _("Services one under the other; for each sector, a full circle with the number of "
             "partners that offer it, or an empty one. The table beside says it too.")  # fmt: skip
    return Grid(
        tuple(rows),
        tuple((x, number) for number, x in enumerate(places, 1)),
        said,
        WORDS_TO + APART * len(places),
        ROW * (len(rows) + 1),
    )
