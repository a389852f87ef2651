"""How is an answer that is nobody's kept, and from how many is anything said?

Each round of answers has a key of its own, which goes with it; an order of chance is all that is
left of who came first.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import ClassVar, Final, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from spheres.regions import queries as regions
from spheres.vault.models import Kind, Lockable

_CHANCE: Final = secrets.SystemRandom()
T = TypeVar("T")


class OfRound(Lockable):
    """A text of nobody's, locked by the round's own key, which goes with the round."""

    KIND: ClassVar[Kind] = Kind.COMMITTEE  # the key is the round's: a group's, as a committee's
    GOES_WITH: ClassVar[tuple[Kind, str]] = (Kind.COMMITTEE, "round_id")
    ABOUT_NOBODY: ClassVar[bool] = True

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> UUID:
        return self.round_id  # type: ignore[attr-defined]


def at_least(number: int) -> int:
    """From how many something is said here: this many, or more where the region asks for more."""
    return max(number, regions.region().minimum_group)


def shuffled(found: Collection[T]) -> list[T]:
    """The same, in an order of chance."""
    return _CHANCE.sample(list(found), len(found))


def end_of(day: date) -> datetime:
    """When the last day to answer is over, where the region is."""
    after = day + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(regions.region().time_zone))
