"""How is a session written for the calendar of whoever comes? Hours and one neutral word."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from spheres.training.sessions.models import TrainingSession
from spheres.vault import actions as vault

NAME: Final = "-//Calendar//EN"


def invitation(of: TrainingSession, *, at: datetime) -> bytes:
    """It says neither what is taught, nor where, nor by whom. One that is moved takes the place of
    what it was; one that is off takes itself away."""
    event = Event()
    event.add("uid", vault.keyed_digest("training uid", str(of.pk)).hex()[:32])
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", of.starts_at.astimezone(UTC))
    event.add("dtend", of.ends_at.astimezone(UTC))
    event.add("summary", _("Appointment"))
    event.add("class", "PRIVATE")
    event.add("sequence", of.edition)
    event.add("status", "CANCELLED" if of.is_off else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", NAME)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def file_name() -> str:
    name = _("appointment")
    return f"{name}.ics"
