"""Who is alike in a table, and what is made coarser or hidden so that nobody is alone in it?

Lines that fewer than `least` others resemble are made coarser together, mark by mark; those that
still stand alone are left out. What is said of a person, and does not mark her, stays as it is:
it is known of several who cannot be told apart, and of no one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spheres.evaluation.research.recipe import BY_CODE, HIDDEN

Coarser = Callable[[str], str]


@dataclass(frozen=True)
class Made:
    """A table in which each is like enough others: its lines, how many were left out, the fewest
    who are alike."""

    lines: tuple[tuple[str, ...], ...]  # the line's code, then the parts'
    left_out: int
    smallest: int


def alike_enough(lines: Sequence[Sequence[str]], parts: Sequence[str], *, least: int) -> Made:
    """The lines, each like `least` at least in what marks; none when no such table can be made."""
    marks = [place for place, code in enumerate(parts, start=1) if BY_CODE[code].marks]
    made = [list(line) for line in lines]
    for place, make in _steps(parts, marks):
        for line in _few(made, marks, least):
            line[place] = make(line[place])
    sizes = Counter(_marks_of(line, marks) for line in made)
    kept = sorted(tuple(line) for line in made if sizes[_marks_of(line, marks)] >= least)
    enough = [number for number in sizes.values() if number >= least]
    return Made(tuple(kept), len(made) - len(kept), min(enough, default=0))


def _steps(parts: Sequence[str], marks: Sequence[int]) -> list[tuple[int, Coarser]]:
    """What is made coarser first, then hidden, from the last mark to the first."""
    coarser = [(place, BY_CODE[parts[place - 1]].coarser) for place in marks]
    return [
        *((place, make) for place, make in coarser if make is not None),
        *((place, lambda _code: HIDDEN) for place in reversed(marks)),
    ]


def _few(lines: list[list[str]], marks: Sequence[int], least: int) -> list[list[str]]:
    sizes = Counter(_marks_of(line, marks) for line in lines)
    return [line for line in lines if sizes[_marks_of(line, marks)] < least]


def _marks_of(line: Sequence[str], marks: Sequence[int]) -> tuple[str, ...]:
    return tuple(line[place] for place in marks)
