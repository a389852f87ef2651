"""What time is it? Only views, commands and tasks ask; below them `at` and `on` are arguments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The present day where the programme works (settings.TIME_ZONE)."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The local day on which a moment falls."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Live at another moment: for the demo's year of life and for tests."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def birthday(born: date, age: int) -> date:
    """The day she reaches this age. Born on 29 February: on 1 March of the other years.

    The later of the two days: what opens to her opens a day late at most, what ends never early.
    """
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def months_later(day: date, months: int) -> date:
    """The same day some months later; the first of the next month when that one is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
