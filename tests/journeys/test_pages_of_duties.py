"""Can everybody read each page of privacy, of danger and of worrying situations?

The pages are those of the addresses of these folders: one that is added is read the next day, and
one that nobody reaches by a link, whoever they are, is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.regions import queries as regions
from tests.journeys.barriers import barriers
from tests.journeys.conftest import Way
from tests.journeys.duties import Duties, Shown, filled, walked
from tests.journeys.server import Site, served
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[tuple[Site, Duties, dict[str, Shown], list[str]]]:
    made: list[Duties] = []
    logs = tmp_path_factory.mktemp("duties")
    with (
        django_db_blocker.unblock(),
        served("test_duties", logs=logs, prepare=lambda: made.append(filled())) as site,
    ):
        with site.looked_at():
            found, missed = walked(made[0])
        yield site, made[0], found, missed
    regions.forget()


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, duties, *_walk = world
    with told(site, chromium, duties.cast, way.language, way.size) as one:
        yield one


def opens(story: Story, who: str, path: str) -> Page:
    """A page kept for those who have just proved who they are: the demonstration has a button."""
    story.go(who, path)
    page = story.screen_of(who)
    if "/prove/" in page.url:
        page.locator("form[action^='/prove/as/'] button").click()
        expect(page).to_have_url(f"{story.site.staff}{path}")
    return page


def test_somebody_reaches_each_page_by_its_links(world) -> None:
    assert world[3] == []


@pytest.mark.parametrize(
    "colours", ["none", pytest.param("active", marks=pytest.mark.proof)], ids=["usual", "forced"]
)
def test_no_page_has_a_barrier_nor_runs_out_of_the_screen(story: Story, world, colours) -> None:
    names = {who: actor.user_id for who, actor in world[1].people.items()}
    wrong = []
    for who in names:
        mine = sorted((one for one in world[2].values() if one.who == who), key=lambda x: x.path)
        if not mine:
            continue
        page = story.screen_of(who)
        page.emulate_media(forced_colors=colours)
        page.goto(f"{story.site.staff}/sign-in/")
        page.locator(f"form:has([name=user][value='{names[who]}']) .door-person").click()
        expect(page).not_to_have_url(re.compile("/sign-in/$"))
        for one in mine:
            page = opens(story, who, one.path)
            width = page.evaluate("document.documentElement.scrollWidth")
            wrong += [(who, one.path, found[1:]) for found in barriers(page)]
            if width > story.size["width"]:
                wrong.append((who, one.path, f"{width} px wide"))
    assert wrong == []
