"""Does the calendar show each what they may know of, as a grid and as a list, and nothing more?"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.partners.calendar import queries
from spheres.partners.calendar.queries import Wish
from spheres.partners.committees import actions
from spheres.partners.committees.actions import Called
from spheres.regions.models import Committee
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.committees import MEETING, clinical, convene
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def seen(who: Actor, wish: Wish = Wish(), first: date = MARCH) -> list[tuple[date, str, bool]]:  # noqa: B008
    with acting(who):
        month = queries.month(first, wish, today=MONDAY.date(), actor=who)
    return [(day.on, one.kind, one.is_off) for day in month.days for one in day.planned]


def steering_meets(cast: Cast, on: date) -> None:
    with acting(cast.louise):
        of = Committee.objects.get(slug="directeur")
        actions.name_member(
            uuid_of("louise steers"), of, user_id=cast.louise.user_id,
            organisation_id=cast.louise.organisation_id, is_chair=True, by=cast.louise, at=MONDAY,
        )  # fmt: skip
        called = Called(uuid_of("they steer"), on, time(13), time(15), "REMOTE")
        actions.call(of, called, by=cast.louise, at=MONDAY)


def test_whoever_sits_sees_the_meeting_and_for_whom_somebody_is_awaited(cast: Cast) -> None:
    convene(cast)
    with acting(cast.roy):
        month = queries.month(MARCH, Wish(), today=MONDAY.date(), actor=cast.roy)
        name = clinical().name

    [day] = month.days
    [one] = day.planned
    assert (day.on, one.title, one.url) == (
        date(2026, 3, 9), name, f"/committees/meetings/{MEETING}/",
    )  # fmt: skip
    assert len(one.organisations) == 5


def test_whoever_may_bring_something_sees_it_too_but_not_who_is_awaited(cast: Cast) -> None:
    convene(cast)
    with acting(cast.yanick):
        month = queries.month(MARCH, Wish(), today=MONDAY.date(), actor=cast.yanick)

    assert [one.organisations for day in month.days for one in day.planned] == [()]
    assert month.organisations == ()


def test_a_committee_one_knows_nothing_of_plans_nothing_in_sight(cast: Cast) -> None:
    convene(cast)
    steering_meets(cast, date(2026, 3, 10))

    assert seen(cast.louise) == [
        (date(2026, 3, 9), "CLINICAL", False), (date(2026, 3, 10), "STEERING", False),
    ]  # fmt: skip
    assert seen(cast.ines) == [(date(2026, 3, 9), "CLINICAL", False)]


def test_one_chooses_by_kind_and_by_organisation(cast: Cast) -> None:
    convene(cast)
    steering_meets(cast, date(2026, 3, 10))

    assert [kind for _on, kind, _off in seen(cast.louise, Wish(kind="STEERING"))] == ["STEERING"]
    maison = Wish(organisation=str(cast.la_maison.pk))
    assert [kind for _on, kind, _off in seen(cast.louise, maison)] == ["CLINICAL"]
    assert seen(cast.louise, Wish(kind="STEERING", organisation=str(cast.la_maison.pk))) == []
    assert seen(cast.louise, Wish(kind="'; nothing")) == []


def test_a_meeting_that_is_not_held_stays_and_says_so(cast: Cast) -> None:
    convene(cast)
    with acting(cast.louise):
        actions.cancel_meeting(MEETING, by=cast.louise, at=MONDAY)

    assert seen(cast.ines) == [(date(2026, 3, 9), "CLINICAL", True)]
    with clock.at(MONDAY):
        page = signed_in(cast.ines).get("/programme/?month=2026-03").content.decode()
    assert "N’a pas lieu" in unescape(page)


def test_months_are_whole_weeks_and_an_unknown_one_is_this_one(cast: Cast) -> None:
    with acting(cast.ines):
        month = queries.month(MARCH, Wish(), today=MONDAY.date(), actor=cast.ines)

    assert [month.weeks[0][0].on, month.weeks[-1][-1].on] == [date(2026, 2, 23), date(2026, 4, 5)]
    assert (month.before, month.after) == (date(2026, 2, 1), date(2026, 4, 1))
    for said in ("", "2026", "2026-13", "0000-01", "9999-12", "<b>", "2026-03-01"):
        assert queries.first_of(said, today=MONDAY.date()) == MONDAY.date().replace(day=1)
    assert queries.first_of("2026-11", today=MONDAY.date()) == date(2026, 11, 1)


def test_late_in_the_evening_it_is_still_that_day_here(cast: Cast) -> None:
    """On the last evening of a month it is already the next one in universal time."""
    convene(cast)
    with acting(cast.louise):
        late = Called(uuid_of("late"), date(2026, 3, 31), time(21), time(23), "REMOTE")
        actions.call(clinical(), late, by=cast.louise, at=MONDAY)

    assert seen(cast.ines)[-1][0] == date(2026, 3, 31)
    assert seen(cast.ines, first=date(2026, 4, 1)) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_says_it_as_a_grid_and_as_a_list_in_both_languages(
    cast: Cast, language: str
) -> None:
    convene(cast)
    steering_meets(cast, date(2026, 3, 10))
    client = signed_in(cast.louise, language=language)
    with clock.at(MONDAY), untranslated() as missing:
        full = client.get("/programme/?month=2026-03").content.decode()
        empty = client.get("/programme/?month=2027-03&kind=STEERING").content.decode()

    assert missing == set()
    assert len(re.findall(rf'href="/committees/meetings/{MEETING}/"', full)) == 2
    assert "<table" not in empty


def test_it_is_nobody_else_s(cast: Cast) -> None:
    with clock.at(MONDAY):
        assert signed_in(cast.ines).post("/programme/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_same_of_the_database_for_one_and_for_three(cast: Cast, number: int) -> None:
    convene(cast)
    with acting(cast.louise):
        for shift in range(number):
            day = date(2026, 3, 10) + timedelta(days=shift)
            called = Called(uuid_of(f"more {shift}"), day, time(13), time(15), "REMOTE")
            actions.call(clinical(), called, by=cast.louise, at=MONDAY)
    client = signed_in(cast.ines)
    with clock.at(MONDAY), CaptureQueriesContext(connection) as asked_of_it:
        assert client.get("/programme/?month=2026-03").status_code == 200

    assert len(asked_of_it) == 12
