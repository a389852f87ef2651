"""Are several who were there noted standing up, with one hand, from one form?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.regions import queries as regions
from tests.cast import Cast
from tests.journeys.conftest import Way
from tests.journeys.server import Site, served
from tests.journeys.story import Story, entrust_to_ines, told

pytestmark = pytest.mark.browser

SAID = "On a fait des crêpes et une longue marche."
THUMB = 44  # pixels, at least, of what is pressed in the street
WORDS = {
    "fr": {"together": "Noter pour les noms cochés", "next": "Signer et passer à la suivante"},
    "en": {"together": "Note for those ticked", "next": "Sign and go to the next one"},
}


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[tuple[Site, Cast]]:
    gathered: list[Cast] = []
    logs = tmp_path_factory.mktemp("contacts")
    with (
        django_db_blocker.unblock(),
        served("test_contacts", logs=logs, prepare=lambda: gathered.append(Cast.gather())) as site,
    ):
        yield site, gathered[0]
    regions.forget()


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    name = f"Lou {way.number}"
    with told(*world[:1], chromium, world[1], way.language, way.size, name=name) as one:
        yield one


def press(story: Story, page: Page, key: str) -> None:
    page.get_by_role("button", name=WORDS[story.language][key], exact=True).click()


def test_an_outing_is_written_once_and_signed_for_each(story: Story) -> None:
    with story.site.at_home():
        lou = entrust_to_ines(story.name, age_band="14-17", cast=story.cast)
    maya = story.cast.maya.file_id
    story.signs_in("Inès")
    story.go("Inès", "/contact/")
    page = story.screen_of("Inès")
    story.reads_clearly("Inès")
    for target in (".street-name", ".street-tick"):
        for box in page.locator(target).all():
            size = box.bounding_box()
            assert size is not None
            assert min(size["width"], size["height"]) >= THUMB
    press(story, page, "together")
    expect(page.get_by_role("status").or_(page.get_by_role("alert")).first).to_be_visible()
    story.reads_clearly("Inès")

    page.locator(f"input[value='{maya}']").check()
    page.locator(f"input[value='{lou}']").check()
    press(story, page, "together")
    story.reads_clearly("Inès")
    page.get_by_label(story.words("observation")).fill(f"{SAID} {story.name} riait.")
    press(story, page, "next")
    # The name of the other one is seen before anything is signed.
    expect(page.locator(".notice", has_text=story.name).last).to_be_visible()
    story.reads_clearly("Inès")
    page.get_by_label(story.words("observation")).fill(SAID)
    press(story, page, "next")
    expect(page.get_by_label(story.words("observation"))).to_have_value(SAID)
    story.reads_clearly("Inès")
    story.press("Inès", "sign")

    story.is_on("Inès", "/")
    for file_id, other in ((maya, story.name), (lou, "Maya")):
        story.go("Inès", f"/files/{file_id}/")
        expect(page.locator("main")).to_contain_text(SAID)
        expect(page.locator("main")).not_to_contain_text(other)
