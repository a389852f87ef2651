"""What do the files of a life say of planned meetings, and what becomes of each?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils.translation import gettext as _

from spheres.accounts.models import Role
from spheres.config import contacts
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.meetings import actions as meetings
from spheres.followup.meetings.models import KINDS, MeetingStatus
from spheres.interop.ical import actions as calendar
from spheres.regions.reading import Part
from spheres.regions.registry import Loading

if TYPE_CHECKING:
    from spheres.config.life import Act, Telling
    from spheres.config.stories import Check

Status = MeetingStatus.Status
LAST_PLANNED: Final = 60  # days after the Monday from which the files count
CAME_TO: Final = {
    "held": Status.HELD,
    "missed": Status.MISSED,
    "cancelled_hers": Status.CANCELLED_HERS,
    "cancelled_ours": Status.CANCELLED_OURS,
    "cancelled_other": Status.CANCELLED_OTHER,
}


@dataclass(frozen=True)
class MeetingSaid:
    """A meeting planned on a day, for another day and an hour."""

    day: int
    who: str
    kind: str
    on: int
    hour: time
    length: str
    line: str


@dataclass(frozen=True)
class AnswerSaid:
    """What became of it, on the day itself."""

    day: int
    meeting: MeetingSaid
    came_to: str


Said = MeetingSaid | AnswerSaid


def meeting(check: Check, part: Part) -> Iterator[Said]:
    """One planned meeting, checked; then what became of it, if the file says so."""
    it = part.fields("day", "by", "kind", "on", "hour", optional=("length", "line", "came_to"))
    day, who = contacts.when_and_who(check, it)
    on = it["on"].number(day, LAST_PLANNED)
    planned = MeetingSaid(
        day,
        who,
        it["kind"].choice(KINDS),
        on,
        hour_of(it["hour"]),
        it["length"].choice(check.codes_of("contact_lengths")) if "length" in it else "",
        it["line"].text(language=check.language) if "line" in it else "",
    )
    yield planned
    if "came_to" in it:
        came_to = it["came_to"].choice(CAME_TO)
        if on >= 0:
            it["came_to"].fault(_("this meeting has not come yet."))
        yield AnswerSaid(on, planned, CAME_TO.get(came_to, ""))


def hour_of(part: Part) -> time:
    try:
        return time.fromisoformat(part.text())
    except ValueError:
        part.fault(_("an hour is written “15:30”."))
        return time(12)


def act(telling: Telling, said: Said) -> Act:
    """The act of one of these, in its story."""
    planned = said if isinstance(said, MeetingSaid) else said.meeting
    who, file_id = telling._actor(planned.who), telling.file_id
    on = telling.monday + timedelta(days=planned.on)
    starts_at = datetime.combine(on, planned.hour, tzinfo=telling.zone)
    key = f"{telling.story.slug}/{planned.on}/{planned.hour}"
    number = telling.loading.id("meeting", key)
    if isinstance(said, MeetingSaid):
        at = telling._moment(said.day, "meeting")
        return telling._act("planned", said.day, who, at, _planning(
            file_id, meetings.Planned(number, said.kind, starts_at, said.length, said.line), who, at
        ))  # fmt: skip
    at = telling.last = max(telling.last, starts_at) + timedelta(hours=1)
    return telling._act("came_to", said.day, who, at, _answering(
        file_id, number, said.came_to, who, at
    ))  # fmt: skip


def _planning(
    file_id: UUID, planned: meetings.Planned, who: Actor, at: datetime
) -> Callable[[], object]:
    return lambda: meetings.plan(file_id, planned, by=who, at=at)


def _answering(
    file_id: UUID, number: UUID, to: str, who: Actor, at: datetime
) -> Callable[[], object]:
    return lambda: meetings.answer(file_id, number, to, by=who, at=at)


def say_yes_to_calendars(loading: Loading) -> None:
    """In a demonstration, each team lead has said yes for her organisation; elsewhere it is off."""
    for person in loading.said["people"]:
        if Role.TEAM_LEAD not in person.roles:
            continue
        lead = Actor(
            loading.id("person", person.slug),
            loading.id("organisation", person.organisation),
            frozenset(person.roles),
        )
        with context.unit_of_work(lead):
            number = loading.id("calendar", person.slug)
            calendar.decide(number, is_on=True, by=lead, at=clock.now())
