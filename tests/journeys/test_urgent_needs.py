"""Is an urgent need written down in three taps, and the loop closed from her worker's day?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Way
from tests.journeys.story import Story, entrust_to_ines, told
from tests.journeys.test_follow_up import count_taps

pytestmark = pytest.mark.browser

HER_WORDS = "La soupe était bonne."
MOST_TAPS = 3
WORDS = {
    "fr": {
        "urgent": "Besoin prioritaire",
        "food": "Manger",
        "tell": "Noter la suite donnée",
        "on_it": "On s’en occupe",
        "met": "Comblé",
        "say": "Noter",
    },
    "en": {
        "urgent": "Urgent need",
        "food": "Food",
        "tell": "Say what came of it",
        "on_it": "Somebody is on it",
        "met": "Met",
        "say": "Say it",
    },
}


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    name = f"Noa {way.number}"
    with told(*world[:1], chromium, world[1], way.language, way.size, name=name) as one:
        yield one


def test_a_need_is_noted_in_three_taps_and_its_loop_closed_from_the_day(story: Story) -> None:
    with story.site.at_home():
        file_id = entrust_to_ines(story.name, age_band="14-17", cast=story.cast)
    said = WORDS[story.language]
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    taps: list[str] = []
    count_taps(page, taps)

    page.get_by_role("link", name=said["urgent"], exact=True).click()
    page.get_by_role("link", name=story.name, exact=True).click()
    page.get_by_role("button", name=said["food"], exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(said["food"])
    assert len(taps) <= MOST_TAPS, taps
    story.reads_clearly("Inès")
    page.get_by_role("button", name=said["on_it"], exact=True).click()
    expect(page.get_by_role("button", name=said["on_it"], exact=True)).to_have_count(0)
    story.go("Inès", "/contact/?what=urgent_needs")
    story.reads_clearly("Inès")
    story.go("Inès", f"/files/{file_id}/urgent_needs/new/")
    story.reads_clearly("Inès")
    story.go("Inès", "/")
    story.reads_clearly("Inès")
    line = page.locator(".line", has_text=story.name)
    line.get_by_role("link", name=said["tell"], exact=True).click()
    story.reads_clearly("Inès")
    page.get_by_role("button", name=said["say"], exact=True).click()
    expect(page.locator("[name=status]").first).to_be_visible()
    story.reads_clearly("Inès")
    page.get_by_label(said["met"], exact=True).check()
    page.locator("[name=her_words]").fill(HER_WORDS)
    page.get_by_role("button", name=said["say"], exact=True).click()

    story.is_on("Inès", "/")
    waiting = page.locator(".line", has_text=story.name)
    expect(waiting.get_by_role("link", name=said["tell"])).to_have_count(0)
    story.go("Inès", f"/files/{file_id}/")
    story.reads_clearly("Inès")
