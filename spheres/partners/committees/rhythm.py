"""On which days does a committee meet, when several meetings are called at once?

The same weekday of the month as the first, as a table of people says it («the second Thursday»),
every so many months as its rhythm says. A fifth one is the last, for no month always has five.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from spheres.regions.models import Committee

Rhythm = Committee.Rhythm
MONTHS: Final = {
    Rhythm.MONTHLY: 1,
    Rhythm.EVERY_TWO_MONTHS: 2,
    Rhythm.QUARTERLY: 3,
    Rhythm.TWICE_A_YEAR: 6,
}
A_YEAR: Final = 12  # months ahead that are called at once, at most
LAST: Final = -1
A_WEEK: Final = timedelta(days=7)


def months_of(committee: Committee) -> int:
    """Every how many months it meets; none when it meets as needed."""
    return MONTHS.get(Rhythm(committee.rhythm), 0)


def most(committee: Committee) -> int:
    """How many meetings may be called at once: those of a year."""
    months = months_of(committee)
    return A_YEAR // months if months else 1


def place_of(day: date) -> int:
    """Which of its weekday a day is in its month: the first to the fourth, or the last."""
    place = (day.day - 1) // 7 + 1
    return place if place < 5 else LAST


def days(first: date, *, months: int, times: int) -> list[date]:
    """The first, and the same weekday of each month that follows at this rhythm."""
    if not months:
        return [first]
    return [_nth(first, months * number) for number in range(times)]


def _nth(first: date, later: int) -> date:
    number = first.year * 12 + first.month - 1 + later
    year, month = number // 12, number % 12 + 1
    place = place_of(first)
    if place == LAST:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - first.weekday()) % 7)
    begins = date(year, month, 1)
    shift = timedelta(days=(first.weekday() - begins.weekday()) % 7)
    return begins + shift + (place - 1) * A_WEEK
