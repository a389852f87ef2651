"""Does a worker see her own seven days, with names opened once, whatever the clock does?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from spheres.audit.models import Event
from spheres.core import clock
from spheres.followup.meetings import actions
from spheres.followup.meetings.models import MeetingStatus
from spheres.followup.meetings.tests.plans import LINE, MEETING, passes, plan, seen
from tests.cast import FRIDAY, MONDAY, TUESDAY, Cast, acting, follow, uuid_of
from tests.pages import signed_in

HERE = ZoneInfo("America/Toronto")
WEEK = "/week/"
DAYS = re.compile(r'<li class="week-day".*?</h2>(.*?)(?=<li class="week-day"|</ol>)', re.S)


def days(main: str) -> list[str]:
    """What each of the seven days says, its tags and spaces aside."""
    return [
        " ".join(re.sub(r"<[^>]+>", " ", day).replace("\u00a0", " ").split())
        for day in DAYS.findall(main)
    ]


@pytest.mark.django_db
def test_seven_days_from_monday_and_empty_ones_say_little(cast: Cast) -> None:
    plan(cast)
    plan(cast, FRIDAY, number=uuid_of("Friday"), kind="call")

    week = seen(cast.ines, WEEK)

    assert days(week) == [
        "11:00 a.m. Maya , Meeting", "Nothing planned", "Nothing planned", "Nothing planned",
        "9:00 a.m. Maya , Call", "Nothing planned", "Nothing planned",
    ]  # fmt: skip
    assert "From March 2 to March 8, 2026" in week
    assert LINE not in week


@pytest.mark.django_db
def test_the_weeks_before_and_after_are_one_press_away(cast: Cast) -> None:
    plan(cast)
    this = seen(cast.ines, WEEK)
    before, after = re.findall(r'href="(/week/\?from=[^"]+)"', this)

    assert (before, after) == ("/week/?from=2026-02-23", "/week/?from=2026-03-09")
    assert days(seen(cast.ines, after)) == ["Nothing planned"] * 7
    back = seen(cast.ines, "/week/?from=2026-03-05", at=MONDAY + timedelta(days=9))
    assert days(back)[0] == "11:00 a.m. Maya , Meeting"


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["", "yesterday", "9999-12-31", "0001-01-01", "2026-02-30"])
def test_an_address_that_names_no_week_is_this_week(cast: Cast, written: str) -> None:
    assert "March 2" in seen(cast.ines, f"{WEEK}?from={written}")


@pytest.mark.django_db
def test_names_are_opened_in_one_event_of_a_list_and_an_empty_week_opens_none(cast: Cast) -> None:
    lou = follow("Lou", desk=cast.institute.id, louise=cast.louise, worker=cast.ines)
    plan(cast)
    plan(cast, FRIDAY, number=uuid4(), file_id=lou.file_id)
    with acting(cast.ines):
        before = set(Event.objects.values_list("pk", flat=True))

    seen(cast.ines, WEEK)
    seen(cast.ines, f"{WEEK}?from=2026-04-01")

    with acting(cast.ines):
        [event] = Event.objects.exclude(pk__in=before)
        assert (event.chain, event.action, event.sections) == ("ACTOR", "list", ["identity"])
        assert len(event.record_ids) == 2


@pytest.mark.django_db
def test_the_week_is_her_own_and_shows_what_became_of_each(cast: Cast) -> None:
    lou = follow("Lou", desk=cast.institute.id, louise=cast.louise, worker=cast.yanick)
    plan(cast)
    plan(cast, by=cast.yanick, file_id=lou.file_id, number=uuid_of("of Yanick"))
    with acting(cast.ines):
        missed = MeetingStatus.Status.MISSED
        actions.answer(cast.maya.file_id, MEETING, missed, by=cast.ines, at=MONDAY)

    assert days(seen(cast.ines, WEEK))[0] == "11:00 a.m. Maya , Meeting Missed, no blame"
    assert days(seen(cast.yanick, WEEK))[0] == "11:00 a.m. Lou , Meeting"


@pytest.mark.django_db
def test_what_was_moved_is_on_its_new_day_alone(cast: Cast) -> None:
    plan(cast)
    with acting(cast.ines):
        planned = actions.Planned(uuid_of("moved"), "meeting", FRIDAY)
        actions.move(cast.maya.file_id, MEETING, planned, by=cast.ines, at=MONDAY)

    week = days(seen(cast.ines, WEEK))

    assert (week[0], week[4]) == ("Nothing planned", "9:00 a.m. Maya , Meeting")


@pytest.mark.django_db
def test_a_death_empties_the_week(cast: Cast) -> None:
    plan(cast, FRIDAY)
    passes(cast, "death", TUESDAY)

    assert days(seen(cast.ines, WEEK, at=TUESDAY)) == ["Nothing planned"] * 7


@pytest.mark.django_db
def test_the_night_the_clock_moves_every_hour_stays_on_its_day(cast: Cast) -> None:
    """Sunday, March 8, 2026 has 23 hours: an evening of Saturday or Sunday stays where it is."""
    for day, hour in ((7, 23), (8, 0), (8, 23)):
        plan(cast, datetime(2026, 3, day, hour, 30, tzinfo=HERE), number=uuid4())

    assert days(seen(cast.ines, WEEK))[5:] == [
        "11:30 p.m. Maya , Meeting",
        "12:30 a.m. Maya , Meeting 11:30 p.m. Maya , Meeting",
    ]
    assert days(seen(cast.ines, f"{WEEK}?from=2026-03-09")) == ["Nothing planned"] * 7


@pytest.mark.django_db
def test_a_week_costs_the_same_for_one_meeting_and_for_three(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    for hours, lines in (((1,), 1), ((2, 3), 3)):
        for each in hours:
            name = f"Person {each}"
            her = follow(name, desk=cast.institute.id, louise=cast.louise, worker=cast.ines)
            starts_at = MONDAY + timedelta(hours=each)
            plan(cast, starts_at, number=uuid4(), file_id=her.file_id)
        with clock.at(MONDAY):
            ines = signed_in(cast.ines)
            with django_assert_num_queries(8):
                week = ines.get(WEEK).content.decode()
        assert week.count("/meetings/") == lines


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["louise", "roy", "amrani", "nadia", "karim"])
def test_who_accompanies_nobody_has_no_week(cast: Cast, who: str) -> None:
    with clock.at(MONDAY):
        assert signed_in(getattr(cast, who)).get(WEEK).status_code == 403
