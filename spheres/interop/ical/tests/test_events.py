"""Does the day of an event come into the calendar of whoever presents there, and of nobody else?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar, Event

from spheres.core.actor import Actor
from spheres.interop.ical.tests.asked import asked, make, say
from spheres.outreach.events import actions
from spheres.outreach.events.tests.factories import notes
from tests.cast import MONDAY, TUESDAY, Cast, acting
from tests.committees import clinical, convene

pytestmark = pytest.mark.django_db
ON, LATER = date(2026, 3, 12), date(2026, 3, 19)


def address(cast: Cast, who: Actor) -> str:
    say(cast, by=cast.karim if who == cast.ines else who)
    return make(cast, by=who)


def days(token: str) -> list[Event]:
    return Calendar.from_ical(asked(token, TUESDAY).content).walk("VEVENT")


def test_whoever_presents_has_the_day_and_one_word_and_is_not_busy_all_day(cast: Cast) -> None:
    notes(cast.louise, held_on=ON, presenter_ids=[cast.ines.user_id], place="salle 4")
    token = address(cast, cast.ines)

    [one] = days(token)
    assert (one["dtstart"].dt, one["dtend"].dt) == (ON, ON + timedelta(days=1))
    assert (str(one["summary"]), str(one["transp"])) == ("Rendez-vous", "TRANSPARENT")
    said = asked(token).content.decode()
    assert [word in said for word in ("VALUE=DATE:20260312", "Rives", "salle")] == [
        True, False, False,
    ]  # fmt: skip


def test_whoever_noted_it_and_does_not_go_has_nothing_of_it(cast: Cast) -> None:
    notes(cast.louise, held_on=ON, presenter_ids=[cast.ines.user_id])

    assert days(address(cast, cast.louise)) == []


def test_moved_it_is_moved_and_called_off_it_says_so_under_the_same_number(cast: Cast) -> None:
    event_id = notes(cast.ines, held_on=ON)
    token = address(cast, cast.ines)
    [first] = days(token)
    said = actions.Said(kind="presentation", held_on=LATER, presenter_ids=[cast.ines.user_id])
    with acting(cast.ines):
        actions.change(event_id, said, since=1, by=cast.ines, at=MONDAY)
    [moved] = days(token)
    with acting(cast.ines):
        actions.cancel(event_id, reason="Tempête", by=cast.ines, at=MONDAY)
    [off] = days(token)

    assert [one["dtstart"].dt for one in (first, moved, off)] == [ON, LATER, LATER]
    assert {str(one["uid"]) for one in (first, moved, off)} == {str(first["uid"])}
    assert [one.get("sequence", 0) for one in (first, moved, off)] == [0, 1, 2]
    assert [str(one.get("status", "")) for one in (first, moved, off)] == ["", "", "CANCELLED"]


def test_whoever_presents_no_more_has_it_no_more(cast: Cast) -> None:
    event_id = notes(cast.ines, held_on=ON)
    token = address(cast, cast.ines)
    said = actions.Said(kind="presentation", held_on=ON, presenter_ids=[cast.roy.user_id])
    with acting(cast.ines):
        actions.change(event_id, said, since=1, by=cast.ines, at=MONDAY)

    assert days(token) == []


def test_the_address_of_one_committee_gives_that_committee_alone(cast: Cast) -> None:
    convene(cast)
    notes(cast.ines, held_on=ON)
    say(cast)
    with acting(cast.ines):
        of = clinical().pk

    assert [one.start.date() for one in days(make(cast, of=of))] == [date(2026, 3, 9)]


@pytest.mark.parametrize(
    ("on", "is_there"), [(date(2026, 2, 20), False), (date(2026, 2, 24), True)]
)
def test_one_week_back_and_no_further(cast: Cast, on: date, is_there: bool) -> None:
    notes(cast.ines, held_on=on)

    assert bool(days(address(cast, cast.ines))) is is_there
