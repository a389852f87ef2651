"""What may be told of a year, by whoever published its quarters before?

A year that is shown beside its quarters could be subtracted from them. So it is made of what they
already told and of nothing else: whoever read the four quarters learns nothing from their year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

STEP: Final = 5  # people of a year are told by fives


@dataclass(frozen=True)
class OfYear:
    """A number, whether it is « at least », or nothing: too few."""

    number: int | None
    is_floor: bool


def of_quarters(quarters: Sequence[int | None], *, least: int) -> OfYear:
    """The sum of four quarters as they were published; a hidden one counts for one at least."""
    hidden = sum(1 for number in quarters if number is None)
    known = sum(number or 0 for number in quarters) + hidden
    if hidden and known < least:
        return OfYear(None, is_floor=False)
    return OfYear(known, is_floor=bool(hidden))


def of_people(people: int, quarters: Sequence[int | None], *, least: int) -> OfYear:
    """People are counted once in a year, so their number is no sum: told by fives, and not at all
    when a quarter was too small to be told.

    They are counted when the year is over, and a quarter was when it was: whoever was erased since
    is still in the quarter. So a year never tells fewer people than one of its quarters did.
    """
    met = max([people, *(number or 0 for number in quarters)])
    if None in quarters or 0 < met < least:
        return OfYear(None, is_floor=False)
    return OfYear(met - met % STEP, is_floor=met > 0)
