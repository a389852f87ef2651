"""Which birthday is near, and what does it change?

At 14 she alone agrees (law.md §3.6); at 18 services change; before 25 what comes after is prepared.
The software tells it ahead, to those who walk with her, and closes nothing by itself (SC-06).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from spheres.core.clock import birthday as birthday
from spheres.core.clock import months_later as months_later


class Near(StrEnum):
    """What a worker is told."""

    ALONE_SOON = "alone_soon"
    ALONE_NOW = "alone_now"
    ADULT_SOON = "adult_soon"
    ADULT_NOW = "adult_now"
    UNTIL_SOON = "until_soon"
    GRACE = "grace"
    AFTER = "after"


SOON: Final = timedelta(days=60)
SOON_UNTIL: Final = timedelta(days=183)  # half a year to prepare what comes after
JUST: Final = timedelta(days=30)
ADULT: Final = 18
QUARTER: Final = timedelta(days=91)
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Ages:
    """The region's: alone from one birthday, welcome until another, and some months of grace."""

    alone: int = 14
    until: int = 25
    grace_months: int = 0


@dataclass(frozen=True)
class Birthday:
    """A birthday that is near, the day it falls on, and until when a begun step may be finished."""

    near: Near
    on: date
    grace_until: date | None = None


def is_asked_today(file_id: UUID, *, on: date) -> bool:
    """Of somebody whose age is not known: one week in each quarter, every person her own.

    Asked when the moment is right, and never an end of help.
    """
    return (on.toordinal() + file_id.int) % QUARTER.days < WEEK.days


def near(born: date, *, on: date, ages: Ages) -> Birthday | None:
    """The birthday to be told today; none when none is near. The last ones come first."""
    until = birthday(born, ages.until)
    grace_until = months_later(until, ages.grace_months)
    if on >= until:
        told = Near.GRACE if on < grace_until else Near.AFTER
        return Birthday(told, until, grace_until)
    if on >= until - SOON_UNTIL:
        return Birthday(Near.UNTIL_SOON, until)
    for age, soon, now in (
        (ADULT, Near.ADULT_SOON, Near.ADULT_NOW),
        (ages.alone, Near.ALONE_SOON, Near.ALONE_NOW),
    ):
        falls = birthday(born, age)
        if falls - SOON <= on < falls:
            return Birthday(soon, falls)
        if falls <= on < falls + JUST:
            return Birthday(now, falls)
    return None
