"""Is it written with her who does what for her, read by her, and are the rules plain to anybody?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from spheres.regions import queries as regions
from tests.cast import Cast, follow
from tests.journeys.conftest import Way
from tests.journeys.server import Site, served
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
WHAT = "Un lit les jeudis, sans avoir à raconter."
NEXT = "Choisir si le dimanche compte aussi"


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[tuple[Site, Cast]]:
    gathered: list[Cast] = []
    logs = tmp_path_factory.mktemp("who_does_what")
    with (
        django_db_blocker.unblock(),
        served(
            "test_who_does_what", logs=logs, prepare=lambda: gathered.append(Cast.gather())
        ) as site,
    ):
        yield site, gathered[0]
    regions.forget()


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Rosalie {way.number}") as one:
        yield one


def test_she_reads_who_does_what_and_the_rules_are_there_for_anybody(story: Story) -> None:
    cast = story.cast
    with story.site.at_home():
        found = follow(story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    here = f"/files/{found.file_id}/parts/"
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    # Nobody is written yet; Inès writes it with her.
    story.go("Inès", here)
    story.reads_clearly("Inès")
    page.locator(f"main a[href='{here}new/']").click()
    story.reads_clearly("Inès")
    page.locator("[name=organisation]").select_option(str(cast.elsewhere.pk))
    page.locator("[name=what]").fill(WHAT)
    page.locator("[name=next_step]").fill(NEXT)
    page.locator("main form [type=submit]").click()
    expect(page.locator("main")).to_contain_text(WHAT)
    story.reads_clearly("Inès")

    # She sees the same page, in words that are said to her.
    page.locator(f"main a[href='{here}together/']").click()
    expect(page.locator("main")).to_contain_text(NEXT)
    story.reads_clearly("Inès")

    # The rules are there for anybody of the programme, one press away from her own page.
    story.go("Inès", f"/files/{found.file_id}/who/")
    page.locator("main a[href='/rights/']").click()
    story.reads_clearly("Inès")
    page.locator("main details summary").first.click()
    story.reads_clearly("Inès")
