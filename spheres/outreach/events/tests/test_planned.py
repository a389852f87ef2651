"""Are events in the calendar of the programme, and their days in that of who presents there?"""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.outreach.events import actions
from spheres.outreach.events.tests.factories import SCHOOL, notes
from spheres.records.between import programme
from spheres.records.between.programme import Planned
from tests.cast import MONDAY, Cast, acting
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
NEXT_WEEK = date(2026, 3, 12)


def planned(who: Actor) -> list[Planned]:
    with acting(who):
        found = programme.planned(actor=who, since=MONDAY, until=MONDAY + timedelta(days=28))
    return [one for one in found if one.kind == "event"]


def month(client: Any, query: str = "") -> str:
    with clock.at(MONDAY):
        page = client.get(f"/programme/?month=2026-03{query}").content.decode()
    return unescape(page[page.index("<main") : page.index("</main>")])


def test_all_who_work_in_the_programme_see_its_kind_its_day_and_which_partners_go(
    cast: Cast,
) -> None:
    event_id = notes(
        cast.ines, held_on=NEXT_WEEK, presenter_ids=[cast.ines.user_id, cast.roy.user_id]
    )

    seen = [planned(who) for who in (cast.ines, cast.louise, cast.roy, cast.samir)]
    [[one], *others] = seen
    assert others == [[one]] * 3
    assert (one.title, one.url, one.where) == (
        "Présentation du programme", f"/outreach/{event_id}/", "Milieu scolaire",
    )  # fmt: skip
    assert {key for key, _name in one.organisations} == {
        cast.ines.organisation_id, cast.roy.organisation_id,
    }  # fmt: skip
    assert (one.is_off, one.is_all_day) == (False, True)


def test_called_off_it_stays_on_its_day_and_says_so(cast: Cast) -> None:
    event_id = notes(cast.ines, held_on=NEXT_WEEK)
    with acting(cast.ines):
        actions.cancel(event_id, reason="Tempête", by=cast.ines, at=MONDAY)

    assert [one.is_off for one in planned(cast.samir)] == [True]
    assert "N’a pas lieu" in month(signed_in(cast.samir))


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Dans la journée"), ("en", "During the day")]
)
def test_the_page_says_the_day_without_hours_nor_who_is_visited(
    cast: Cast, language: str, said: str
) -> None:
    event_id = notes(cast.ines, held_on=NEXT_WEEK, place="salle 4")
    client = signed_in(cast.samir, language=language)
    with untranslated() as missing:
        page = month(client)

    assert missing == set()
    assert page.count(f'href="/outreach/{event_id}/"') == 2
    assert said in page
    assert [word in page for word in (SCHOOL, "salle 4", "00")] == [False] * 3


def test_one_chooses_events_alone_and_by_who_goes(cast: Cast) -> None:
    event_id = notes(cast.ines, held_on=NEXT_WEEK)
    client = signed_in(cast.samir)
    shown = [
        f"/outreach/{event_id}/" in month(client, query)
        for query in (
            "&kind=event", "&kind=training", f"&organisation={cast.ines.organisation_id}",
            f"&organisation={cast.samir.organisation_id}",
        )
    ]  # fmt: skip

    assert shown == [True, False, True, False]


@pytest.mark.parametrize("number", [1, 3])
def test_the_month_asks_the_same_of_the_database_for_one_event_and_for_three(
    cast: Cast, number: int
) -> None:
    for shift in range(number):
        notes(cast.ines, f"number {shift}", held_on=NEXT_WEEK + timedelta(days=shift))
    client = signed_in(cast.samir)
    with clock.at(MONDAY), CaptureQueriesContext(connection) as asked_of_it:
        assert client.get("/programme/?month=2026-03").status_code == 200

    assert len(asked_of_it) == 10
