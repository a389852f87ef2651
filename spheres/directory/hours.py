"""When is a place open, and how are its hours said?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from spheres.directory.models import Opening, Place
from spheres.ui import moments


def is_open(place: Place, at: datetime) -> bool:
    """Whether its hours say that it is open; a place whose hours are not known is not."""
    if place.is_always_open:
        return True
    here = moments.local(at)
    today, now = here.isoweekday(), here.time()
    yesterday = (today - 2) % 7 + 1
    return any(
        (one.weekday == today and one.opens <= now and (one.ends_next_day or now < one.closes))
        or (one.weekday == yesterday and one.ends_next_day and now < one.closes)
        for one in place.its_hours
    )


def said(place: Place) -> list[str]:
    """Its hours, a line for the days that share the same ones; empty when they are not known."""
    if place.is_always_open:
        return [_("Day and night, every day")]
    spans = sorted(place.its_hours, key=lambda one: (one.weekday, one.opens))
    of_day = {day: tuple(_hours(one) for one in group) for day, group in groupby(spans, _weekday)}
    days: dict[tuple[str, ...], list[int]] = {}
    for day, hours in of_day.items():
        days.setdefault(hours, []).append(day)
    return [
        _("%(days)s: %(hours)s") % {"days": _days(same), "hours": ", ".join(hours)}
        for hours, same in days.items()
    ]


def _weekday(one: Opening) -> int:
    return one.weekday


def _hours(one: Opening) -> str:
    words = {"opens": _hour(one.opens), "closes": _hour(one.closes)}
    if one.ends_next_day and one.closes != time():
        return _("%(opens)s to %(closes)s the next day") % words
    if one.ends_next_day:
        return _("%(opens)s to midnight") % words
    return _("%(opens)s to %(closes)s") % words


def _hour(value: time) -> str:
    return moments.hour_of_day(value)


def _days(days: Iterable[int]) -> str:
    """Monday to Friday, Sunday: days that follow each other are said as one span."""
    spans: list[list[int]] = []
    for day in days:
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    if len(spans) == 1 and len(spans[0]) == 7:
        return _("Every day")
    words = ", ".join(_span(span) for span in spans)
    return words[:1].upper() + words[1:]


def _span(days: list[int]) -> str:
    first, last = str(WEEKDAYS[days[0] - 1]), str(WEEKDAYS[days[-1] - 1])
    if len(days) == 1:
        return first
    if len(days) == 2:
        return f"{first}, {last}"
    return _("%(first)s to %(last)s") % {"first": first, "last": last}
