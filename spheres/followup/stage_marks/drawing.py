"""How do marks become dots on a winding path, and the same lines in a table?

The path follows time and nothing else: it goes from left to right, then back, so that no dot is
above or ahead of another for what she said. Every dot is alike; its sentence is in the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from spheres.followup.stage_marks.models import StageMark
from spheres.ui import moments

WIDTH: Final = 320
A_ROW: Final = 4  # dots before the path turns
FIRST: Final = 44
APART: Final = 76
DOWN: Final = 88  # from one row to the next
SWAY: Final = 9  # how far the path winds from a straight line
TOP: Final = 46


@dataclass(frozen=True)
class Dot:
    """One mark: its place on the path, and what is said of it."""

    number: int
    x: int
    y: int
    day: str
    short_day: str
    sentence: str
    her_words: str
    pen: str
    url: str = ""

    @property
    def said(self) -> str:
        """The dot read aloud."""
        return _("%(number)s, %(day)s: %(sentence)s") % {
            "number": self.number,
            "day": self.day,
            "sentence": self.sentence,
        }

    @property
    def day_at(self) -> int:
        """Under the dot; above it where the path turns."""
        return self.y - 22 if self.number % A_ROW == 0 else self.y + 32


@dataclass(frozen=True)
class Picture:
    """The path of one topic."""

    topic: str
    dots: tuple[Dot, ...]
    line: str

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return TOP + DOWN * ((len(self.dots) - 1) // A_ROW) + 48

    @property
    def title(self) -> str:
        return _("The path: %(topic)s") % {"topic": self.topic}

    @property
    def said(self) -> str:
        """The picture read aloud."""
        return "; ".join(dot.said for dot in self.dots)

    @property
    def newest(self) -> Dot:
        return self.dots[-1]

    @property
    def lines(self) -> list[list[str]]:
        """The same, as rows of a table."""
        return [
            [str(dot.number), dot.day, dot.sentence, dot.her_words, dot.pen] for dot in self.dots
        ]


def picture(marks: Sequence[StageMark], urls: Sequence[str] = ()) -> Picture:
    """The opened marks of one topic, the oldest first, on their path."""
    dots = tuple(
        Dot(
            number=place + 1,
            x=_x(place),
            y=_y(place),
            day=moments.day(mark.occurred_at),
            short_day=moments.day_of_year(mark.occurred_at),
            sentence=mark.sentence,
            her_words=mark.opened.her_words,
            pen=mark.pen_label,
            url=urls[place] if urls else "",
        )
        for place, mark in enumerate(marks)
    )
    return Picture(marks[-1].topic_label, dots, _line(dots))


def _x(place: int) -> int:
    row, column = divmod(place, A_ROW)
    return FIRST + APART * (column if row % 2 == 0 else A_ROW - 1 - column)


def _y(place: int) -> int:
    return TOP + DOWN * (place // A_ROW) + (SWAY if place % 2 else -SWAY)


def _line(dots: Sequence[Dot]) -> str:
    """A soft curve from dot to dot; at the end of a row it turns."""
    said = [f"M{dots[0].x} {dots[0].y}"]
    for before, after in pairwise(dots):
        if before.x == after.x:  # the turn: out, then back
            out = 34 if before.x > WIDTH // 2 else -34
            said.append(
                f"C{before.x + out} {before.y + 12} {after.x + out} {after.y - 12} "
                f"{after.x} {after.y}"
            )
        else:
            half = (before.x + after.x) // 2
            said.append(f"C{half} {before.y} {half} {after.y} {after.x} {after.y}")
    return "".join(said)
