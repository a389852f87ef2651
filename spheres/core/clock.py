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
