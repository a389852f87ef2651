"""How is a worker’s time written for a calendar? Hours, one neutral word; nothing else leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext
from icalendar import Calendar, Event

from spheres.interop.ical.queries import Hour, Hours
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
    for hour in found.hours:
        calendar.add_component(_event(hour, found.address_id, summary, at))
    return bytes(calendar.to_ical())


def _event(hour: Hour, address_id: UUID, summary: str, at: datetime) -> Event:
    begins = hour.begins_at.astimezone(UTC)
    event = Event()
    event.add("uid", str(uid_of(hour.meeting_id, address_id)))
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", begins)
    event.add("dtend", begins + LENGTHS.get(hour.lasts, AN_HOUR))
    event.add("summary", summary)
    event.add("class", "PRIVATE")
    return event


def uid_of(meeting_id: UUID, address_id: UUID) -> UUID:
    """A number of this meeting in this address alone: without the key file it leads nowhere."""
    digest = vault.keyed_digest("calendar uid", f"{address_id}|{meeting_id}")
    return UUID(bytes=digest[:16], version=4)
