"""How is her net drawn? Three circles around her, and each one at its place; the list is beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from django.utils.translation import gettext as _

from spheres.followup.safety_net.asking import CIRCLES, KINDS, Knot
from spheres.ui.text import shortened

SIZE: Final = 384
MIDDLE: Final = SIZE // 2
RADII: Final = {1: 66, 2: 116, 3: 162}
EDGE: Final = 70  # nearer to a side, a word is written towards the middle
LETTER: Final = 7  # about, in the picture's measure
FEWEST, MOST = 4, 14  # letters under a dot


@dataclass(frozen=True)
class Dot:
    """One of the net at its place, under its first letters; whole in the list."""

    kind: str
    words: str
    x: int
    y: int

    @property
    def label_at(self) -> int:
        """Away from the middle: above what is above it."""
        return self.y - 12 if self.y < MIDDLE else self.y + 22

    @property
    def anchor(self) -> str:
        if self.x < EDGE:
            return "start"
        return "end" if self.x > SIZE - EDGE else "middle"


@dataclass(frozen=True)
class Picture:
    dots: tuple[Dot, ...]
    said: str
    size: int = SIZE
    middle: int = MIDDLE

    @property
    def circles(self) -> list[int]:
        """The largest first, so that each lies on the one around it."""
        return sorted(RADII.values(), reverse=True)


def picture(knots: Iterable[Knot]) -> Picture:
    """The dots of each circle, evenly set around it; and the same, read aloud."""
    knots = list(knots)
    dots: list[Dot] = []
    for circle, radius in RADII.items():
        here = [knot for knot in knots if knot.circle == circle]
        for place, knot in enumerate(here):
            # Each circle begins elsewhere, so that names do not stand one above the other.
            turn = 2 * pi * place / len(here) - pi / 2 + circle * 2.4
            room = 2 * pi * radius / len(here) / LETTER
            dots.append(
                Dot(
                    knot.kind,
                    shortened(knot.who, int(min(MOST, max(FEWEST, room)))),
                    round(MIDDLE + radius * cos(turn)),
                    round(MIDDLE + radius * sin(turn)),
                )
            )
    return Picture(tuple(dots), said_aloud(knots))


def said_aloud(knots: Iterable[Knot]) -> str:
    """Circle by circle: who and what is there, in whole words."""
    knots = list(knots)
    lines = []
    for number, label in CIRCLES:
        here = [knot for knot in knots if str(knot.circle) == number]
        if here:
            whole = ", ".join(f"{knot.who} ({str(KINDS[knot.kind][0]).lower()})" for knot in here)
            lines.append(_("%(label)s: %(whole)s") % {"label": label, "whole": whole})
    return "; ".join(lines)
