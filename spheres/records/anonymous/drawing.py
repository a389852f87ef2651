"""How do the answers to one question look, from one end to the other, now and the last time?

One column a step, as high as it was chosen; the last time, a broken outline around it. The table
beside says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from spheres.records.anonymous.questions import STEPS, Asked

WIDTH: Final = 300
HEIGHT: Final = 132
FLOOR: Final = 104  # where columns stand: the steps are written below
TALLEST: Final = 80
COLUMN: Final = 44
GAP: Final = 16


@dataclass(frozen=True)
class Spread:
    """What was answered to one question: how many chose each step; of too few, nothing.

    `before`: how many had chosen each, the last time that the same was asked of the same.
    """

    question: Asked
    numbers: tuple[int, ...] | None
    before: tuple[int, ...] | None = None

    @property
    def total(self) -> int:
        return sum(self.numbers or ())


@dataclass(frozen=True)
class Column:
    """One step: how many chose it, now and the last time, as a share of all who answered it."""

    step: int
    number: int
    x: int
    height: int
    before: int | None

    @property
    def top(self) -> int:
        return FLOOR - self.height

    @property
    def middle(self) -> int:
        return self.x + COLUMN // 2

    @property
    def number_at(self) -> int:
        return min(self.top, FLOOR - (self.before or 0)) - 5

    @property
    def before_top(self) -> int:
        return FLOOR - (self.before or 0)


@dataclass(frozen=True)
class Picture:
    columns: tuple[Column, ...]
    said: str
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR
    column: int = COLUMN
    step_at: int = FLOOR + 20


def picture(spread: Spread) -> Picture | None:
    """None when too few answered."""
    if spread.numbers is None:
        return None
    shares, before = _shares(spread.numbers), _shares(spread.before)
    tallest = max((*shares, *before)) or 1
    columns = tuple(
        Column(
            step,
            number,
            GAP // 2 + place * (COLUMN + GAP),
            round(TALLEST * shares[place] / tallest),
            round(TALLEST * before[place] / tallest) if before else None,
        )
        for place, (step, number) in enumerate(zip(STEPS, spread.numbers, strict=True))
    )
    ends = {1: spread.question.low, 5: spread.question.high}
    said = ", ".join(
        _("%(label)s: %(number)s")
        % {"label": f"{one.step} ({ends[one.step]})" if one.step in ends else one.step,
           "number": one.number}
        for one in columns
    )  # fmt: skip
    return Picture(columns, said)


def _shares(numbers: Sequence[int] | None) -> list[float]:
    total = sum(numbers or ())
    return [number / total for number in numbers or ()] if total else []


def rows(spread: Spread) -> list[list[Any]]:
    """The same as a table: the step, now, and the last time."""
    ends = {1: spread.question.low, 5: spread.question.high}
    return [
        [
            f"{step}. {ends[step]}" if step in ends else str(step),
            str(number),
            *([str(spread.before[place])] if spread.before else []),
        ]
        for place, (step, number) in enumerate(zip(STEPS, spread.numbers or (), strict=False))
    ]


def in_words(spread: Spread) -> str:
    """Whether they think alike, in one sentence: where most stand, and how far the others."""
    numbers = spread.numbers
    if numbers is None:
        return ""
    total = sum(numbers)
    low, between, high = sum(numbers[:2]), numbers[2], sum(numbers[3:])
    if max(low, between, high) * 4 >= total * 3:
        return _("Most think alike.")
    if min(low, high) * 4 >= total:
        return _("Two positions stand apart: this is worth talking about.")
    return _("Answers are spread out.")
