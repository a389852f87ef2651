"""Is a worker out alone watched over from two first pages, in a press each?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.ui import moments
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser

WORDS = {
    "fr": {
        "go": "J’y vais", "watch": "Je veille", "back": "Je suis de retour",
        "longer": "30 minutes de plus", "nobody": "personne ne veille",
        "watched": "Yanick veille",
    },
    "en": {
        "go": "I am going", "watch": "I am watching", "back": "I am back",
        "longer": "30 minutes more", "nobody": "nobody is watching",
        "watched": "Yanick is watching",
    },
}  # fmt: skip


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    with told(*world[:1], chromium, world[1], way.language, way.size) as one:
        yield one


def presses(story: Story, person: str, key: str) -> None:
    page = story.screen_of(person)
    with page.expect_navigation():
        page.get_by_role("button", name=WORDS[story.language][key], exact=True).first.click()
    story.reads_clearly(person)


def test_she_goes_out_is_watched_and_comes_back(story: Story) -> None:
    words = WORDS[story.language]
    soon = moments.local(clock.now()).hour
    for person in ("Inès", "Yanick"):
        story.signs_in(person)
    story.go("Inès", "/outings/new/")
    story.reads_clearly("Inès")
    page = story.screen_of("Inès")
    page.locator("[name=place][value=STREET]").check()
    page.locator("[name=returns]").fill(f"{(soon + 2) % 24}:00")
    page.locator("[name=buddy]").select_option(label="Yanick")
    page.locator("[name=line]").fill("Le manteau jaune.")
    presses(story, "Inès", "go")
    expect(page.locator("main")).to_contain_text(words["nobody"])

    story.go("Yanick", "/")
    presses(story, "Yanick", "watch")
    expect(story.screen_of("Yanick").locator("main")).to_contain_text("Le manteau jaune.")
    story.go("Inès", "/")
    expect(page.locator("main")).to_contain_text(words["watched"])
    presses(story, "Inès", "longer")

    story.go("Inès", "/")
    presses(story, "Inès", "back")
    story.is_on("Inès", "/")
    story.go("Yanick", "/")
    expect(story.screen_of("Yanick").locator("main .line", has_text="Inès")).to_have_count(0)
