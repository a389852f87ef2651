"""How do the last times look? A row a sentence, a dot a time, larger where it is truer.

No line joins the dots, no colour judges them, and nothing is added up. The table says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from spheres.ui import moments
from spheres.worker_support.wellbeing.models import CheckIn
from spheres.worker_support.wellbeing.statements import STATEMENTS, Step

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
    height: int = ROW * len(STATEMENTS)


def picture(newest: Sequence[CheckIn]) -> Picture:
    """The oldest of the last times on the left."""
    times = list(reversed(newest))
    rows = tuple(
        Row(
            one.short,
            place * ROW,
            tuple(
                Dot(FIRST + rank * APART, RADIUS[time.said[one.code]])
                for rank, time in enumerate(times)
                if one.code in time.said
            ),
        )
        for place, one in enumerate(STATEMENTS)
    )
    said = "; ".join(
        _("%(label)s: %(number)s")
        % {
            "label": one.short,
            "number": ", ".join(_step(time, one.code) for time in times),
        }
        for one in STATEMENTS
    )
    return Picture(rows, said)


def columns(newest: Sequence[CheckIn]) -> list[Any]:
    """Of the table: the sentence, then each time, the newest first."""
    return [_("Sentence"), *(moments.day(time.written_at) for time in newest)]


def lines(newest: Sequence[CheckIn]) -> list[list[str]]:
    return [[str(one.words), *(_step(time, one.code) for time in newest)] for one in STATEMENTS]


def _step(time: CheckIn, code: str) -> str:
    step = time.said.get(code)
    return str(Step(step).label) if step else _("left out")
