"""Do the meetings of a committee come into the calendar of whoever sits there, and of nobody else?

A whole year called at once comes back by one rule, in the hours of the region, on both sides of the
night on which clocks change; vdirsyncer reads it.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.interop.ical.tests.asked import asked, hours, make, plan, say
from spheres.partners.committees import actions
from spheres.partners.committees.actions import Called
from tests.cast import FRIDAY, MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.committees import MEETING, clinical, convene, move
from tests.pages import signed_in

HERE = ZoneInfo("America/Toronto")
HOUR = timedelta(hours=1)
SERIES = uuid_of("a year of meetings")
HELD = datetime(2026, 3, 9, 13, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def address(cast: Cast, who: Actor, said_by: Actor) -> str:
    say(cast, by=said_by)
    return make(cast, by=who)


def call_each_month(cast: Cast, first: date, times: int) -> None:
    with acting(cast.louise):
        called = Called(SERIES, first, time(9, 30), time(11, 30), "REMOTE", times)
        actions.call(clinical(), called, by=cast.louise, at=MONDAY)


def shown(text: bytes) -> list[datetime]:
    """When a calendar shows something: the rule, in its own hours, but for what was moved."""
    found: list[datetime] = []
    by_uid: dict[str, list[Event]] = {}
    for event in Calendar.from_ical(text).walk("VEVENT"):
        by_uid.setdefault(str(event["uid"]), []).append(event)
    for events in by_uid.values():
        moved = {e["recurrence-id"].dt: e.start for e in events if "recurrence-id" in e}
        [master] = [event for event in events if "recurrence-id" not in event]
        begins = master.start.replace(tzinfo=None)
        days = rrulestr(master["rrule"].to_ical().decode(), dtstart=begins)
        local = [day.replace(tzinfo=HERE) for day in days]
        found += [moved.get(day, day) for day in local]
    return sorted(one.astimezone(UTC) for one in found)


def test_whoever_sits_there_has_the_meeting_and_its_length_beside_what_they_planned(
    cast: Cast,
) -> None:
    convene(cast)
    plan(cast)
    token = address(cast, cast.ines, cast.karim)

    assert hours(token) == [(MONDAY + 2 * HOUR, HOUR), (HELD, 2 * HOUR)]


def test_whoever_does_not_sit_has_nothing_of_it_though_they_may_bring_something(
    cast: Cast,
) -> None:
    convene(cast)
    token = address(cast, cast.yanick, cast.karim)

    assert hours(token) == []


def test_whoever_accompanies_nobody_has_the_meetings_alone(cast: Cast) -> None:
    convene(cast)
    token = address(cast, cast.louise, cast.louise)

    assert hours(token) == [(HELD, 2 * HOUR)]


def test_a_seat_that_ends_takes_its_meetings_away_at_the_next_request(cast: Cast) -> None:
    convene(cast)
    token = address(cast, cast.ines, cast.karim)
    with acting(cast.louise, TUESDAY):
        actions.end_member(uuid_of("ines sits"), by=cast.louise, at=TUESDAY)

    assert hours(token, TUESDAY) == []


def test_a_meeting_that_is_moved_is_moved_in_the_calendar(cast: Cast) -> None:
    convene(cast)
    token = address(cast, cast.ines, cast.karim)
    before = [str(one["uid"]) for one in Calendar.from_ical(asked(token).content).walk("VEVENT")]
    move(cast, date(2026, 3, 6))

    assert hours(token) == [(datetime(2026, 3, 6, 14, 30, tzinfo=UTC), 2 * HOUR)]
    after = [str(one["uid"]) for one in Calendar.from_ical(asked(token).content).walk("VEVENT")]
    assert before == after


@pytest.fixture
def a_year(cast: Cast) -> str:
    """The clinical committee, each first Thursday from the 5th of March, four times."""
    convene(cast)
    call_each_month(cast, date(2026, 3, 5), 4)
    return address(cast, cast.ines, cast.karim)


FIRST_THURSDAYS = [
    datetime(2026, 3, 5, 14, 30, tzinfo=UTC),  # before the clocks change
    datetime(2026, 4, 2, 13, 30, tzinfo=UTC),
    datetime(2026, 5, 7, 13, 30, tzinfo=UTC),
    datetime(2026, 6, 4, 13, 30, tzinfo=UTC),
]


def test_meetings_called_at_once_come_back_at_the_same_hour_of_the_clock(
    cast: Cast, a_year: str
) -> None:
    move(cast, date(2026, 6, 30))  # the one that was called alone, out of sight
    text = asked(a_year).content

    assert shown(text) == FIRST_THURSDAYS
    said = text.decode()
    assert "RRULE:FREQ=MONTHLY;COUNT=4;INTERVAL=1;BYDAY=1TH" in said
    assert "BEGIN:VTIMEZONE" in said
    assert "DTSTART;TZID=America/Toronto:20260305T093000" in said


def test_one_of_them_moved_leaves_the_others_where_they_are(cast: Cast, a_year: str) -> None:
    move(cast, date(2026, 6, 30))
    second = sorted_ids(cast)[1]
    with acting(cast.louise):
        called = Called(second, date(2026, 4, 9), time(13), time(15), "REMOTE")
        actions.move_meeting(second, called, by=cast.louise, at=MONDAY)

    moved = datetime(2026, 4, 9, 17, tzinfo=UTC)
    assert shown(asked(a_year).content) == [FIRST_THURSDAYS[0], moved, *FIRST_THURSDAYS[2:]]


def sorted_ids(cast: Cast) -> list:  # type: ignore[type-arg]
    from spheres.sharing.models import CommitteeMeeting

    with acting(cast.louise):
        found = CommitteeMeeting.objects.filter(series_id=SERIES).order_by("called_for_at")
        return [one.pk for one in found]


def test_a_real_client_keeps_the_rule_its_zone_and_what_was_moved(
    cast: Cast, a_year: str, tmp_path: Path
) -> None:
    """vdirsyncer takes them apart and writes each in a file of its own, as a telephone would."""
    move(cast, date(2026, 6, 30))
    third = sorted_ids(cast)[2]
    with acting(cast.louise):
        called = Called(third, date(2026, 5, 8), time(9, 30), time(11, 30), "REMOTE")
        actions.move_meeting(third, called, by=cast.louise, at=MONDAY)
    (tmp_path / "feed.ics").write_bytes(asked(a_year).content)
    (tmp_path / "config").write_text(
        f"""
[general]
status_path = "{tmp_path}/status"
[pair hers]
a = "house"
b = "home"
collections = null
[storage house]
type = "singlefile"
path = "{tmp_path}/feed.ics"
[storage home]
type = "filesystem"
path = "{tmp_path}/home"
fileext = ".ics"
"""
    )
    client = Path(sys.executable).with_name("vdirsyncer")
    for verb in ("discover", "sync"):
        subprocess.run(
            [client, "--config", tmp_path / "config", verb],
            capture_output=True, text=True, input="y\n", timeout=60, check=True,
        )  # fmt: skip
    [kept] = (tmp_path / "home").glob("*.ics")

    moved = datetime(2026, 5, 8, 13, 30, tzinfo=UTC)
    assert shown(kept.read_bytes()) == [*FIRST_THURSDAYS[:2], moved, FIRST_THURSDAYS[3]]
    assert "BEGIN:VTIMEZONE" in kept.read_text()


@pytest.mark.parametrize(("language", "word"), [("fr", "Rendez-vous"), ("en", "Appointment")])
def test_one_meeting_is_a_file_that_says_nothing_of_it(
    cast: Cast, language: str, word: str
) -> None:
    convene(cast)
    client = signed_in(cast.roy, language=language)
    with clock.at(MONDAY):
        answer = client.get(f"/calendar/meetings/{MEETING}/")

    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["summary"]), event.start, event.end) == (word, HELD, HELD + 2 * HOUR)
    assert "omit" not in answer.content.decode()
    assert "omit" not in answer.headers["Content-Disposition"]


def test_a_meeting_one_does_not_know_of_is_no_file(cast: Cast) -> None:
    convene(cast)
    client = signed_in(cast.nadia, at=FRIDAY)
    with clock.at(FRIDAY):
        unknown = client.get(f"/calendar/meetings/{uuid_of('nothing')}/")
        closed = client.get(f"/calendar/meetings/{MEETING}/")

    assert (closed.status_code, unknown.status_code) == (404, 404)
