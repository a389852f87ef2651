"""In which regions was the programme made known, and what does presenting it weigh?"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from spheres.core import clock
from spheres.outreach.events import actions, gathered
from spheres.outreach.events.gathered import Held
from spheres.outreach.events.tests.factories import notes
from spheres.ui import quebec
from tests.cast import MONDAY, Cast, acting
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
PAGE = "/outreach/reach/"
TODAY = clock.day_of(MONDAY)


def went(cast: Cast) -> None:
    """Four events that were held, one that is to come, one that was called off."""
    notes(cast.ines, "one", region="region_06", audiences={"workers": 12})
    notes(cast.samir, "two", region="region_06", audiences={"workers": None})
    notes(cast.ines, "unsaid", audiences={"managers": 5})
    notes(cast.ines, "before", held_on=date(2025, 5, 4), region="region_03")
    notes(cast.ines, "coming", held_on=date(2026, 9, 1), region="region_01")
    off = notes(cast.ines, "off", region="region_02")
    with acting(cast.ines):
        actions.cancel(off, reason="Reporté.", by=cast.ines, at=MONDAY)


def test_events_that_were_held_are_counted_by_region_and_year(cast: Cast) -> None:
    went(cast)

    with acting(cast.roy):
        reach = gathered.reach(actor=cast.roy, on=TODAY)

    assert reach is not None
    assert (reach.years, reach.whole) == ((2026, 2025), (Held(3, 17), Held(1, 0)))
    assert {one.code: one.held for one in reach.regions if one.has_something} == {
        "region_06": (Held(2, 12), Held()),
        "region_03": (Held(), Held(1, 0)),
        "": (Held(1, 5), Held()),
    }
    shown = [(one.code, one.label, one.held[0].events) for one in reach.regions]
    assert {tile.number: tile.many for tile in quebec.picture(shown).tiles if tile.many} == {
        "06": 2
    }


def test_nothing_is_counted_while_no_event_was_held(cast: Cast) -> None:
    notes(cast.ines, held_on=date(2026, 9, 1), region="region_01")

    with clock.at(MONDAY):
        page = signed_in(cast.ines, language="en").get(PAGE)

    assert (page.status_code, "No event was held yet" in page.content.decode()) == (200, True)


def test_the_page_shows_a_year_and_knows_no_other(cast: Cast) -> None:
    went(cast)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        pages = [ines.get(PAGE), ines.get(f"{PAGE}?year=2025")]
        unknown = [ines.get(f"{PAGE}?year={said}").status_code for said in ("2019", "x")]
        with untranslated() as missing:
            signed_in(cast.ines).get(PAGE)

    said = [page.content.decode() for page in pages]
    assert ["3 events were held in 2026." in page for page in said] == [True, False]
    assert ["1 event was held in 2025." in page for page in said] == [False, True]
    assert "06\u00a0Montréal" in said[0]
    assert unknown == [404, 404]
    assert missing == set()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_there_is(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        notes(cast.ines, str(number), region="region_06")
    with clock.at(MONDAY):
        ines = signed_in(cast.ines)
        ines.get(PAGE)
        with django_assert_num_queries(5):
            ines.get(PAGE)


def test_region_and_length_are_said_when_it_is_completed(cast: Cast) -> None:
    event_id = notes(cast.ines, region="region_06", lasted_minutes=90)
    with clock.at(MONDAY):
        ines = signed_in(cast.ines, language="en")
        page = ines.get(f"/outreach/{event_id}/").content.decode()
        form = ines.get(f"/outreach/{event_id}/change/").content.decode()

    assert ("Montréal" in page, "90 minutes" in page) == (True, True)
    assert '<option value="region_06" selected' in form
