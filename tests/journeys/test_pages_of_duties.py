"""Can everybody read each page of privacy, of danger and of worrying situations?

The pages are those of the addresses of these folders: one that is added is read the next day, and
one that nobody reaches by a link, whoever they are, is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from spheres.regions import queries as regions
from tests.journeys.conftest import Way
from tests.journeys.duties import Duties, Shown, filled, walked
from tests.journeys.on_duty import comes_in, in_the_way, of_each, opens
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


def test_somebody_reaches_each_page_by_its_links(world) -> None:
    assert world[3] == []


@pytest.mark.parametrize(
    "colours", ["none", pytest.param("active", marks=pytest.mark.proof)], ids=["usual", "forced"]
)
def test_no_page_has_a_barrier_nor_runs_out_of_the_screen(story: Story, world, colours) -> None:
    wrong = []
    for who, mine in of_each(world[2]).items():
        page = comes_in(story, world[1], who)
        page.emulate_media(forced_colors=colours)
        for one in mine:
            page = opens(story, who, one.path)
            wrong += [(who, one.path, found) for found in in_the_way(story, page)]
    assert wrong == []
