"""What does a questionnaire's own recipe make of the answers to it?

Pure: no database, no request, no language. A recipe adds up what some answers are worth, and finds
the sentence that stands for the figure. What cannot be counted is named, and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Final


class Rounding(StrEnum):
    """How a figure becomes a whole number."""

    NEAREST = "nearest"  # a half goes up
    DOWN = "down"
    UP = "up"


class Missing(StrEnum):
    """What a skipped question counts for, when enough others were answered."""

    MEAN = "mean"  # as much as the ones that were answered, on average
    NOTHING = "nothing"


@dataclass(frozen=True)
class Question:
    """One question as the recipe counts it: what each answer is worth, or a span of numbers."""

    id: str
    values: Mapping[str, int] = field(default_factory=dict)
    span: tuple[int, int] | None = None

    @property
    def least(self) -> int:
        return self.span[0] if self.span else min(self.values.values())

    @property
    def most(self) -> int:
        return self.span[1] if self.span else max(self.values.values())

    def worth(self, answer: str) -> int | None:
        """What an answer is worth; None when the question offers no such answer."""
        if self.span is None:
            return self.values.get(answer)
        number = whole(answer)
        return number if number is not None and self.least <= number <= self.most else None


@dataclass(frozen=True)
class Band:
    """From one figure to another, both included: the number of its sentence."""

    least: int
    most: int
    sentence: int


@dataclass(frozen=True)
class Scale:
    """What some of the questions add up to."""

    questions: tuple[Question, ...]
    reverse: frozenset[str] = frozenset()
    multiply: Fraction = Fraction(1)
    least_answered: int = 1
    missing: Missing = Missing.NOTHING
    rounding: Rounding = Rounding.NEAREST
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Result:
    """What a recipe made of some answers.

    Without a figure, too few questions were answered. `skipped` and `outside` name the questions
    without an answer, and those whose answer the question does not offer: it is kept, not counted.
    """

    figure: int | None
    band: Band | None
    skipped: tuple[str, ...]
    outside: tuple[str, ...]


def result(scale: Scale, answers: Mapping[str, str]) -> Result:
    """What the recipe makes of these answers."""
    counted, skipped, outside = [], [], []
    for question in scale.questions:
        if question.id not in answers:
            skipped.append(question.id)
        elif (worth := question.worth(answers[question.id])) is None:
            outside.append(question.id)
        elif question.id in scale.reverse:
            counted.append(question.least + question.most - worth)
        else:
            counted.append(worth)
    figure = None
    if len(counted) >= max(1, scale.least_answered):
        figure = _rounded(_whole_of(scale, counted), scale.rounding)
    return Result(figure, _band(scale, figure), tuple(skipped), tuple(outside))


def unasked(asked: Iterable[str], answers: Mapping[str, str]) -> tuple[str, ...]:
    """The answers to questions that this version does not ask: kept, and counted nowhere."""
    known = set(asked)
    return tuple(name for name in answers if name not in known)


def bounds(scale: Scale) -> tuple[int, int]:
    """The lowest and the highest figure that this recipe can make."""
    least = sorted(question.least for question in scale.questions)
    most = sorted((question.most for question in scale.questions), reverse=True)
    fewest = min(max(1, scale.least_answered), len(least))
    low = min(_whole_of(scale, least[:n]) for n in range(fewest, len(least) + 1))
    high = max(_whole_of(scale, most[:n]) for n in range(fewest, len(most) + 1))
    return _rounded(low, scale.rounding), _rounded(high, scale.rounding)


def _whole_of(scale: Scale, counted: list[int]) -> Fraction:
    total = Fraction(sum(counted))
    if scale.missing == Missing.MEAN:
        total = total * len(scale.questions) / len(counted)
    return total * scale.multiply


def _rounded(figure: Fraction, rounding: Rounding) -> int:
    if rounding == Rounding.DOWN:
        return floor(figure)
    if rounding == Rounding.UP:
        return ceil(figure)
    return floor(figure + Fraction(1, 2))


def _band(scale: Scale, figure: int | None) -> Band | None:
    if figure is None:
        return None
    return next((band for band in scale.bands if band.least <= figure <= band.most), None)


LONGEST_NUMBER: Final = 6


def whole(typed: str) -> int | None:
    """A whole number as one types it; None for anything else."""
    bare = typed.strip()
    digits = bare.removeprefix("-")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER
    return int(bare) if is_number else None
