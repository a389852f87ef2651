"""Do hours of supervision and of practice groups come into the calendar of those who are there?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar, Event

from spheres.core.actor import Actor
from spheres.interop.ical.tests.asked import asked, make, say
from spheres.worker_support.practice_groups import actions as groups
from spheres.worker_support.practice_groups.tests import factories as practice
from spheres.worker_support.supervision import actions as supervision
from spheres.worker_support.supervision.models import Slot
from spheres.worker_support.supervision.tests import factories as two
from tests.cast import MONDAY, TUESDAY, Cast, acting
from tests.committees import clinical, convene

pytestmark = pytest.mark.django_db


def address(cast: Cast, who: Actor) -> str:
    say(cast, by=cast.karim if who == cast.ines else who)
    return make(cast, by=who)


def hours(token: str) -> list[Event]:
    return Calendar.from_ical(asked(token, TUESDAY).content).walk("VEVENT")


def begins(token: str) -> list[object]:
    return [one["dtstart"].dt for one in hours(token)]


def test_supervision_is_there_for_the_two_once_it_is_agreed_and_for_nobody_else(
    cast: Cast,
) -> None:
    hers, karims = address(cast, cast.ines), address(cast, cast.karim)
    louises = address(cast, cast.louise)
    slot_id = two.offers(cast.louise)
    two.asks(cast.ines, slot_id)
    assert begins(hers) == begins(louises) == []

    two.accepts(cast.louise, slot_id)
    [one] = hours(hers)

    assert begins(louises) == begins(hers) == [two.STARTS]
    assert (str(one["summary"]), one["dtend"].dt - one["dtstart"].dt) == (
        "Rendez-vous", timedelta(hours=1),
    )  # fmt: skip
    assert begins(karims) == []
    said = asked(hers, TUESDAY).content.decode()
    assert [word in said for word in (two.WORDS, two.BIRD, "upervision", "Louise")] == [False] * 4


def test_called_off_it_says_so_under_the_same_number(cast: Cast) -> None:
    slot_id = two.offers(cast.louise)
    two.asks(cast.ines, slot_id)
    two.accepts(cast.louise, slot_id)
    token = address(cast, cast.ines)
    [first] = hours(token)
    with acting(cast.louise):
        supervision.cancel(Slot.objects.get(pk=slot_id), by=cast.louise, at=MONDAY)
    [off] = hours(token)

    assert (str(off["uid"]), str(off["status"]), off["sequence"]) == (
        str(first["uid"]), "CANCELLED", 1,
    )  # fmt: skip


def test_a_session_is_there_for_whoever_is_in_the_group_and_as_long_as_they_are(
    cast: Cast,
) -> None:
    group_id = practice.opens(cast.karim)
    practice.joins(cast.ines, group_id)
    practice.plans(cast.karim, group_id)
    token, louises = address(cast, cast.ines), address(cast, cast.louise)

    assert (begins(token), begins(louises)) == ([practice.STARTS], [])
    said = asked(token, TUESDAY).content.decode()
    assert [word in said for word in (practice.PLACE, practice.ABOUT, practice.TITLE)] == [
        False, False, False,
    ]  # fmt: skip

    row = practice.seen(group_id, cast.ines).row
    with acting(cast.ines):
        groups.leave(row, by=cast.ines, at=MONDAY)
    assert begins(token) == []


def test_the_address_of_one_committee_gives_none_of_it(cast: Cast) -> None:
    convene(cast)
    slot_id = two.offers(cast.louise)
    two.asks(cast.ines, slot_id)
    two.accepts(cast.louise, slot_id)
    say(cast)
    with acting(cast.ines):
        of = clinical().pk
    token = make(cast, of=of)

    assert two.STARTS not in begins(token)
