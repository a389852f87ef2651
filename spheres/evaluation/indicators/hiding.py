"""Which figures are too small to be shown, and which would betray one that is?

One mark for all that is hidden, whatever the reason, and nothing chosen by its size: whoever knows
this rule and reads all that is published is left with several numbers that each may be. A test
tries every quarter there can be. Nought is shown: it speaks of nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# With a smaller group the rule would leave some numbers only one value each.
SMALLEST_GROUP: Final = 5


@dataclass(frozen=True)
class Hiding:
    """Which parts are hidden, and whether their total is."""

    parts: tuple[bool, ...]
    total: bool


def is_small(number: int, *, least: int) -> bool:
    """More than nobody, fewer than the region's smallest group."""
    return 0 < number < least


def of_sum(parts: Sequence[int], *, least: int) -> Hiding:
    """Small parts are hidden; and beside them another, when the total would tell them.

    Whoever takes the shown parts from the total finds the sum of the hidden ones: it is of two at
    least, and no small number. The total of a quarter is worth more than one of its months.
    """
    small = [place for place, part in enumerate(parts) if is_small(part, least=least)]
    hidden, total = set(small), is_small(sum(parts), least=least)
    if small and not total and (len(small) == 1 or sum(parts[p] for p in small) < least):
        hidden.add(_next_to(small[0], parts, least))
    return Hiding(tuple(place in hidden for place in range(len(parts))), total)


def of_own(
    own: Sequence[int], whole: Sequence[int], hidden: Sequence[bool], *, least: int, summed: bool
) -> tuple[bool, ...]:
    """Which parts of one organisation's are hidden from itself, beside those of the whole.

    Whoever takes its number from that of the whole finds the others': a number is shown where
    neither is small, and never beside a hidden one. Where the sum is told elsewhere (`summed`),
    all are told or none.
    """
    rest = [all_of - ours for ours, all_of in zip(own, whole, strict=True)]
    few = [
        any(is_small(number, least=least) for number in pair)
        for pair in zip(own, rest, strict=True)
    ]
    gone = tuple(map(any, zip(hidden, few, strict=True)))
    sums_are_small = any(is_small(sum(side), least=least) for side in (own, rest))
    return (True,) * len(own) if summed and (any(gone) or sums_are_small) else gone


def _next_to(place: int, parts: Sequence[int], least: int) -> int:
    """The first part after it, going round, that is large enough to be shown."""
    around = (*range(place + 1, len(parts)), *range(place))
    return next(other for other in around if parts[other] >= least)
