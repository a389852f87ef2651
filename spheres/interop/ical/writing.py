"""How is a worker’s time written for a calendar? Hours, one neutral word; nothing else leaves.

What is planned alone is in universal time. Meetings of a committee that were called at once come
back, in the hours of the region: a calendar then keeps half past nine at half past nine, on both
sides of the night on which clocks change. One that was moved is an exception to its own day; one
that is not held any more says so, under its own number, and a calendar takes it away. Of what has a
day and no hours, the day alone is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext
from icalendar import Calendar, Event

from spheres.interop.ical.asking import WHOLE_DAY
from spheres.interop.ical.queries import Hour, Hours
from spheres.partners.committees import rhythm
from spheres.vault import actions as vault

# The only words that leave, in each language: a test holds the lexicon over them.
NAME: Final = "-//Calendar//EN"
# What a band of the region's `contact_lengths` takes in a calendar; another, an hour.
LENGTHS: Final = {
    "moment": timedelta(minutes=15),
    "short": timedelta(minutes=30),
    "hour": timedelta(hours=1),
    "long": timedelta(hours=2),
    "half_day": timedelta(hours=4),
    "day": timedelta(hours=8),
}
AN_HOUR: Final = timedelta(hours=1)
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def label(language: str) -> str:
    """«Rendez-vous»: it says neither with whom, nor where, nor why."""
    with translation.override(language):
        return gettext("Appointment")


def written(found: Hours, *, at: datetime) -> bytes:
    """The hours behind one address, as iCalendar, in universal time."""
    calendar = Calendar()
    calendar.add("prodid", NAME)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-published-ttl", "PT1H")
    summary = label(found.language)
    series: dict[UUID, list[Hour]] = {}
    for hour in found.hours:
        if hour.series_id is None:
            uid = uid_of(hour.meeting_id, found.address_id)
            calendar.add_component(_changed(_alone(uid, hour, summary, at), hour))
        else:
            series.setdefault(hour.series_id, []).append(hour)
    for series_id, hours in series.items():
        for event in _coming_back(uid_of(series_id, found.address_id), hours, summary, at):
            calendar.add_component(event)
    if series:
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _alone(uid: UUID, hour: Hour, summary: str, at: datetime) -> Event:
    """By its hours in universal time; or by its day, in the region."""
    if hour.lasts != WHOLE_DAY:
        return _event(uid, hour.begins_at.astimezone(UTC), _end(hour), summary, at)
    day = _here(hour.begins_at).date()
    event = _named(uid, summary, at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")  # nobody is busy from midnight to midnight
    return event


def _coming_back(uid: UUID, hours: list[Hour], summary: str, at: datetime) -> Iterator[Event]:
    """One event and its rule; then, for each meeting that is not where the rule has it, its own."""
    ordered = sorted(hours, key=lambda one: one.called_for_at or one.begins_at)
    first = _here(ordered[0].called_for_at or ordered[0].begins_at)
    lengths = Counter(_end(one) - one.begins_at for one in ordered)
    usual = lengths.most_common(1)[0][0]
    place = rhythm.place_of(first.date())
    rule: dict[str, Any] = {
        "freq": "monthly",
        "interval": ordered[0].months or 1,
        "count": len(ordered),
        "byday": f"{place}{DAYS[first.weekday()]}",
    }
    master = _event(uid, first, first + usual, summary, at)
    master.add("rrule", rule)
    yield master
    for hour in ordered:
        asked = _here(hour.called_for_at or hour.begins_at)
        is_moved = (hour.begins_at, _end(hour) - hour.begins_at) != (hour.called_for_at, usual)
        if is_moved or hour.is_off:
            moved = _event(uid, _here(hour.begins_at), _here(_end(hour)), summary, at)
            moved.add("recurrence-id", asked)
            yield _changed(moved, hour)


def _changed(event: Event, hour: Hour) -> Event:
    """What was moved or is not held any more, as a calendar must know it to follow."""
    if hour.changes:
        event.add("sequence", hour.changes)
    if hour.is_off:
        event.add("status", "CANCELLED")
    return event


def _event(uid: UUID, begins: datetime, ends: datetime, summary: str, at: datetime) -> Event:
    event = _named(uid, summary, at)
    event.add("dtstart", begins)
    event.add("dtend", ends.astimezone(begins.tzinfo))
    return event


def _named(uid: UUID, summary: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", str(uid))
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("summary", summary)
    event.add("class", "PRIVATE")
    return event


def _end(hour: Hour) -> datetime:
    return hour.ends_at or hour.begins_at + LENGTHS.get(hour.lasts, AN_HOUR)


def _here(moment: datetime) -> datetime:
    """A moment as the clocks of the region say it."""
    return timezone.localtime(moment, timezone.get_default_timezone())


def uid_of(meeting_id: UUID, address_id: UUID) -> UUID:
    """A number of this meeting in this address alone: without the key file it leads nowhere."""
    digest = vault.keyed_digest("calendar uid", f"{address_id}|{meeting_id}")
    return UUID(bytes=digest[:16], version=4)
