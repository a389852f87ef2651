"""How do the answers to one question look, now and before?

One column a step, as high as it was chosen; before, a broken outline around it. The table beside
says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from spheres.records.anonymous.questions import Asked

WIDTH: Final = 300
HEIGHT: Final = 132
FLOOR: Final = 104  # where columns stand: the steps are written below
TALLEST: Final = 80
COLUMN: Final = 44
GAP: Final = 16


@dataclass(frozen=True)
class Spread:
    """What was answered to one question: how many chose each step; of too few, nothing.

    `before`: how many had chosen each, the time before that the same was asked of the same.
    """

    question: Asked
    numbers: tuple[int, ...] | None
    before: tuple[int, ...] | None = None

    @property
    def total(self) -> int:
        return sum(self.numbers or ())


@dataclass(frozen=True)
class Column:
    """One step: how many chose it, now and before, as a share of all who answered it."""

    step: str
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
    columns = _columns(
        [str(step) for step in spread.question.steps], spread.numbers, shares, before
    )
    return Picture(
        columns, _aloud([_named(spread.question, s) for s in spread.question.steps], columns)
    )


def over_time(labels: Sequence[str], numbers: Sequence[int], before: Sequence[int]) -> Picture:
    """How many of a hundred, one time after the other, beside how many before."""
    columns = _columns(labels, numbers, [n / 100 for n in numbers], [n / 100 for n in before])
    return Picture(columns, _aloud(labels, columns))


def _columns(
    steps: Sequence[str], numbers: Sequence[int], shares: Sequence[float], before: Sequence[float]
) -> tuple[Column, ...]:
    tallest = max((*shares, *before)) or 1
    return tuple(
        Column(
            step,
            number,
            GAP // 2 + place * (COLUMN + GAP),
            round(TALLEST * shares[place] / tallest),
            round(TALLEST * before[place] / tallest) if before else None,
        )
        for place, (step, number) in enumerate(zip(steps, numbers, strict=True))
    )


def _aloud(labels: Sequence[str], columns: Sequence[Column]) -> str:
    return ", ".join(
        _("%(label)s: %(number)s") % {"label": label, "number": one.number}
        for label, one in zip(labels, columns, strict=True)
    )


def _named(question: Asked, step: int) -> str:
    words = question.words_of(step)
    return f"{step} ({words})" if words else str(step)


def _shares(numbers: Sequence[int] | None) -> list[float]:
    total = sum(numbers or ())
    return [number / total for number in numbers or ()] if total else []


def rows(spread: Spread) -> list[list[Any]]:
    """The same as a table: the step, now, and before."""
    return [
        [
            f"{step}. {words}" if (words := spread.question.words_of(step)) else str(step),
            str(number),
            *([str(spread.before[place])] if spread.before else []),
        ]
        for place, (step, number) in enumerate(
            zip(spread.question.steps, spread.numbers or (), strict=False)
        )
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
