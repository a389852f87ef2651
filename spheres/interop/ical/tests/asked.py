"""How do the tests of calendar addresses say yes, make one, and ask it?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.meetings import actions as meetings
from spheres.interop.ical import actions
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import visitor

MEETING = uuid_of("tea, for a calendar")
LINE = "Un thé, au petit café de la gare."


def say(cast: Cast, is_on: bool = True, *, by: Actor | None = None, at: datetime = MONDAY) -> None:
    """Karim, who leads the team, says yes; or no."""
    who = by or cast.karim
    with acting(who, at):
        actions.decide(uuid4(), is_on=is_on, by=who, at=at)


def make(
    cast: Cast, *, by: Actor | None = None, at: datetime = MONDAY, of: UUID | None = None
) -> str:
    """Inès makes an address, of all her hours or of one committee; gives what it holds."""
    who = by or cast.ines
    with acting(who, at):
        return actions.make(uuid4(), committee_id=of, by=who, at=at)


def plan(
    cast: Cast,
    starts_at: datetime = MONDAY + timedelta(hours=2),
    *,
    number: UUID = MEETING,
    length: str = "",
    at: datetime = MONDAY,
) -> UUID:
    with acting(cast.ines, at):
        planned = meetings.Planned(number, "accompaniment", starts_at, length, LINE)
        return meetings.plan(cast.maya.file_id, planned, by=cast.ines, at=at)


def answer(cast: Cast, to: str, number: UUID = MEETING, at: datetime = MONDAY) -> None:
    with acting(cast.ines, at):
        meetings.answer(cast.maya.file_id, number, to, by=cast.ines, at=at)


def asked(token: str, at: datetime = MONDAY) -> Any:
    """A calendar asks, without any cookie."""
    with clock.at(at):
        return visitor(settings.STAFF_HOST).get(reverse("ical:read", args=[token]))


def hours(token: str, at: datetime = MONDAY) -> list[tuple[datetime, timedelta]]:
    """When each event begins, and how long it lasts."""
    answer = asked(token, at)
    assert answer.status_code == 200
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(event.start, event.end - event.start) for event in events]


def same_404(one: Any) -> tuple[int, str]:
    """The answer without what belongs to the request."""
    changing = r'(nonce|value|href|action|content)="[^"]*"|"X-CSRFToken": "[^"]*"'
    text = re.sub(changing, "", one.content.decode())
    return one.status_code, text
