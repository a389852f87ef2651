"""How is it drawn, who expects what of whom? Partners in a circle, a line for each pair; the table
beside says the same. A line is whole once both said yes, and broken while one is awaited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from django.utils.translation import gettext as _

from spheres.accounts.models import Organisation
from spheres.partners.cards.queries import Tie

WIDTH: Final = 320
HEIGHT: Final = 290
RADIUS: Final = 116


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
