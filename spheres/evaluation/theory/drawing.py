"""How is the chain drawn? Four columns of numbers, from what is done to what lasts, and a line for
each « leads to ». The list beside says the same in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from spheres.evaluation.theory.models import Kind
from spheres.evaluation.theory.queries import Chain

WIDTH: Final = 320
COLUMNS: Final = {kind: 28 + 88 * place for place, kind in enumerate(Kind)}
HEAD: Final = 30
APART: Final = 44


@dataclass(frozen=True)
class Dot:
    """A step at its place, under its number in the list."""

    number: int
    x: int
    y: int

    @property
    def words_at(self) -> int:
        return self.y + 5


@dataclass(frozen=True)
class Picture:
    dots: tuple[Dot, ...]
    lines: tuple[tuple[Dot, Dot], ...]
    height: int
    said: str
    width: int = WIDTH


def picture(chain: Chain) -> Picture:
    """Each column stands in the middle of the height, so that lines cross as little as they can."""
    many = Counter(step.kind for step in chain.steps)
    height = HEAD + APART * max(many.values(), default=1)
    placed: Counter[str] = Counter()
    dots: dict[int, Dot] = {}
    for step in chain.steps:
        top = HEAD + (height - HEAD - APART * many[step.kind]) // 2
        y = top + APART * placed[step.kind] + APART // 2
        dots[step.number] = Dot(step.number, COLUMNS[Kind(step.kind)], y)
        placed[step.kind] += 1
    lines = [
        (dots[step.number], dots[number])
        for step in chain.steps
        for number, _code, _words in step.leads_to
    ]
    said = _(
        "Four columns of numbers, from what we do to what lasts, and a line from each step to "
        "those that it leads to. The list below says the same."
    )
    return Picture(tuple(dots.values()), tuple(lines), height, said)
