"""Which days does nobody work in Québec, and which is the last working day before one?

The days that the law gives to answer are days of the calendar; the last of them may fall when
nobody works. What is said then is both: the law's day, and the working day before it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

A_DAY = timedelta(days=1)
SATURDAY = 5


@cache
def holidays(year: int) -> frozenset[date]:
    """The statutory holidays (N-1.1, s. 60; F-1.1), and those that public bodies keep besides."""
    easter = _easter(year)
    return frozenset(
        {
            date(year, 1, 1),
            date(year, 1, 2),
            easter - 2 * A_DAY,  # Good Friday
            easter + A_DAY,
            _monday_on_or_before(date(year, 5, 24)),  # Journée nationale des patriotes
            date(year, 6, 24),
            date(year, 7, 1),
            _monday_on_or_before(date(year, 9, 7)),  # the first Monday of September
            _monday_on_or_before(date(year, 10, 14)),  # the second Monday of October
            date(year, 12, 24),
            date(year, 12, 25),
            date(year, 12, 26),
            date(year, 12, 31),
        }
    )


def is_working(day: date) -> bool:
    """Whether somebody works that day."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def last_working(day: date) -> date:
    """This day when somebody works, else the nearest one before it when somebody does."""
    while not is_working(day):
        day -= A_DAY
    return day


def _monday_on_or_before(day: date) -> date:
    return day - day.weekday() * A_DAY


def _easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian reckoning)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, epact = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    full = (19 * golden + century - leap - moon + 15) % 30
    fourth, year_rest = divmod(rest, 4)
    sunday = (32 + 2 * epact + 2 * fourth - full - year_rest) % 7
    late = (golden + 11 * full + 22 * sunday) // 451
    month, day = divmod(full + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
