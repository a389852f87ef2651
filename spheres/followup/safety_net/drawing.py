"""How is her net drawn? Three circles around her, and each one at its place; the list is beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
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
TURNS: Final = 12  # ways tried to begin a circle


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

    @property
    def boxes(self) -> tuple[tuple[float, float, float, float], ...]:
        """About where its shape and its name lie: left, top, right, bottom."""
        wide = len(self.words) * LETTER
        left = self.x - {"start": 0, "middle": wide / 2, "end": wide}[self.anchor]
        shape = (self.x - 9.0, self.y - 9.0, self.x + 9.0, self.y + 9.0)
        return shape, (left, self.label_at - 12.0, left + wide, self.label_at + 4.0)


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
        # Each circle begins where its names lie least on those that stand already.
        tried = [
            _around(here, radius, circle * 0.6 + 2 * pi * turn / (TURNS * max(1, len(here))))
            for turn in range(TURNS)
        ]
        best: list[Dot] = min(tried, key=lambda these: _lying_on(these, dots))
        dots += best
    return Picture(tuple(dots), said_aloud(knots))


def _around(knots: list[Knot], radius: int, begins: float) -> list[Dot]:
    room = int(min(MOST, max(FEWEST, 2 * pi * radius / max(1, len(knots)) / LETTER)))
    turns = [2 * pi * place / len(knots) - pi / 2 + begins for place in range(len(knots))]
    return [
        Dot(
            knot.kind,
            shortened(knot.who, room),
            round(MIDDLE + radius * cos(turn)),
            round(MIDDLE + radius * sin(turn)),
        )
        for knot, turn in zip(knots, turns, strict=True)
    ]


def _lying_on(these: list[Dot], those: list[Dot]) -> int:
    """How often a name or a dot would cover another."""
    every = [*those, *these]
    boxes = [box for dot in every for box in dot.boxes]
    owners = [place for place in range(len(every)) for _box in (0, 1)]
    return sum(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        for (a, mine), (b, other) in combinations(zip(boxes, owners, strict=True), 2)
        if mine != other
    )


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
