"""Does whoever guards privacy put a letter in their own words, and does the letter say them?

A word that we do not use is pointed out and nothing is lost; the letter that was written keeps its
words when they change; one press goes back to the region's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from spheres.core import clock
from spheres.core.clock import day_of
from spheres.followup.passages import actions as passages
from spheres.privacy.retention import actions as retention
from spheres.privacy.retention import queries
from spheres.sharing.models import Ending
from spheres.sharing.models.keeping import Sort
from tests.cast import acting, follow, uuid_of
from tests.deciding import House
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
PATH = "/letters/retention/recourse/"
WORDED = {
    "fr": "Dites-le d’abord à {organisation}, dans vos mots.",
    "en": "Tell {organisation} first, in your own words.",
}
SAID = {
    "fr": "Dites-le d’abord à La Maison, dans vos mots.",
    "en": "Tell La Maison first, in your own words.",
}
CHANGED = {"fr": "Dites-le à qui vous voulez.", "en": "Tell whomever you like."}
REFUSED = {"fr": "que nous n’employons pas", "en": "that we do not use about a person"}


arranged = House


@pytest.fixture
def house(world) -> House:
    return world[1]


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, house = world
    name = f"Noé {way.number}"
    with told(site, chromium, house.cast, way.language, way.size, name=name) as one:
        yield one


def sealed_for(house: House, name: str) -> UUID:
    """Somebody asks; two people decide that it is sealed."""
    cast = house.cast
    file_id = follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines).file_id
    asked, proposed = uuid_of(f"asked {name}"), uuid_of(f"proposed {name}")
    at = clock.now()
    with acting(cast.ines, at):
        farewell = passages.Farewell(uuid_of(f"farewell {name}"), "Bonne route.", "")
        passages.close(file_id, farewell, by=cast.ines, at=at)
        words = retention.Asked(asked, "HERSELF", day_of(at), "Que tout soit fermé.")
        retention.ask(file_id, words, by=cast.ines, at=at)
    until = day_of(at + timedelta(days=400))
    said = retention.Proposed(
        proposed, (Sort.FOLLOW_UP,), Ending.Exit.SEALED, Ending.Why.REQUEST, until, asked
    )
    with acting(house["nadia"], clock.now()):
        retention.propose(file_id, said, by=house["nadia"])
    with acting(house["odile"], clock.now()):
        found = queries.ending(proposed, actor=house["odile"])
        assert found is not None
        retention.confirm(found.row, by=house["odile"])
    return proposed


def fills(page: Page, words: dict[str, str]) -> None:
    for language, text in words.items():
        page.locator(f"main [name={language}]").fill(text)


def presses(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def adopts(page: Page, words: dict[str, str]) -> None:
    fills(page, words)
    presses(page, "main form:has([name=fr]) [type=submit]:not([name=look])")


def downloaded(page: Page, selector: str) -> str:
    with page.expect_download() as download:
        page.locator(selector).first.click()
    pages = PdfReader(download.value.path()).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def letter_of(story: Story, ending_id: UUID) -> str:
    story.go("Nadia", f"/keeping/{ending_id}/")
    page = story.screen_of("Nadia")
    form = "main form[action$='/letter/paper/']"
    page.locator(f"{form} [name=language][value={story.language}]").check()
    return downloaded(page, f"{form} [type=submit]")


def test_an_officer_words_the_recourse_and_the_letter_says_it(story: Story, house: House) -> None:
    language = story.language
    story.signs_in("Nadia")
    page = story.screen_of("Nadia")
    story.go("Nadia", "/privacy/")
    page.locator("main a[href='/letters/']").first.click()
    story.reads_clearly("Nadia")
    presses(page, f"main a[href='{PATH}']")
    story.reads_clearly("Nadia")
    before = page.locator("main [name=fr]").input_value()

    # A word that we do not use is pointed out; both texts are still there.
    adopts(page, {"fr": "La cliente le dit.", "en": "The client says so."})
    expect(page.locator("main")).to_contain_text(REFUSED[language])
    assert page.locator("main [name=en]").input_value() == "The client says so."
    story.reads_clearly("Nadia")

    # Seen as the real letter, then adopted: what is decided from now on says it.
    fills(page, WORDED)
    seen = downloaded(page, f"main [name=look][value={language}]")
    assert WORDED[language].partition("{")[0].strip() in seen
    adopts(page, WORDED)
    story.is_on("Nadia", PATH)
    story.reads_clearly("Nadia")
    with story.site.at_home():
        first = sealed_for(house, story.name)
    assert SAID[language] in letter_of(story, first)

    # Worded anew, the letter that was written keeps its words.
    story.go("Nadia", PATH)
    adopts(page, CHANGED)
    with story.site.at_home():
        second = sealed_for(house, f"{story.name} bis")
    assert SAID[language] in letter_of(story, first)
    assert CHANGED[language] in letter_of(story, second)

    # One press goes back to the region's.
    story.go("Nadia", PATH)
    presses(page, f"main form[action='{PATH}back/'] [type=submit]")
    story.reads_clearly("Nadia")
    assert page.locator("main [name=fr]").input_value() == before
    story.signs_in("Inès")
    story.is_refused("Inès", "/letters/", PATH)
