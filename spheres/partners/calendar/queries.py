"""What is planned in a month of the programme, day by day, and by what may one choose?"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from spheres.core import context
from spheres.core.actor import Actor
from spheres.records.between import programme
from spheres.records.between.programme import Planned

A_DAY = timedelta(days=1)
A_WEEK = 7


@dataclass(frozen=True)
class Wish:
    """Of which kind, for which organisation; empty: all."""

    kind: str = ""
    organisation: str = ""

    def holds(self, one: Planned) -> bool:
        places = {str(key) for key, _name in one.organisations}
        return self.kind in {"", one.kind} and (
            not self.organisation or self.organisation in places
        )


@dataclass(frozen=True)
class Day:
    """One day and what begins on it, the first one first."""

    on: date
    planned: tuple[Planned, ...]
    is_within: bool  # of the month that is shown
    is_today: bool


@dataclass(frozen=True)
class Month:
    """Whole weeks, from Monday; what one may choose by; and the months beside."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    kinds: tuple[tuple[str, str], ...]
    organisations: tuple[tuple[str, str], ...]

    @property
    def days(self) -> list[Day]:
        """Those of the month on which something begins: the list that says what the grid says."""
        return [day for week in self.weeks for day in week if day.is_within and day.planned]

    @property
    def before(self) -> date:
        return (self.first - A_DAY).replace(day=1)

    @property
    def after(self) -> date:
        return last_of(self.first) + A_DAY


def last_of(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def first_of(said: str, *, today: date) -> date:
    """The month of an address, as 2026-03; of this day, when it says none that is known."""
    try:
        first = date.fromisoformat(f"{said}-01")
    except ValueError:
        return today.replace(day=1)
    # A year beside the first and the last ones that exist, so that the months beside exist too.
    return first if 2000 <= first.year < 2100 else today.replace(day=1)


def month(first: date, wish: Wish, *, today: date, actor: Actor) -> Month:
    """What begins in a month and that one may know of; what one may choose by is what is there."""
    context.require(actor)
    last = last_of(first)
    found = programme.planned(actor=actor, since=_midnight(first), until=_midnight(last + A_DAY))
    by_day: dict[date, list[Planned]] = {}
    for one in found:
        if wish.holds(one):
            by_day.setdefault(timezone.localtime(one.starts_at).date(), []).append(one)
    monday = first - timedelta(days=first.weekday())
    number = ((last - monday).days // A_WEEK + 1) * A_WEEK
    days = [
        Day(on, tuple(by_day.get(on, ())), first <= on <= last, on == today)
        for on in (monday + timedelta(days=shift) for shift in range(number))
    ]
    return Month(
        first,
        tuple(tuple(days[at : at + A_WEEK]) for at in range(0, number, A_WEEK)),
        _named((one.kind, one.kind_words) for one in found),
        _named((str(key), name) for one in found for key, name in one.organisations),
    )


def _named(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(set(pairs), key=lambda pair: (pair[1], pair[0])))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())
