"""After a hard month, does a worker say it to herself alone and book supervision? SC-24."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.worker_support.supervision.tests.factories import held
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
WORDS = "Le mois a été long, je dors mal."
BROUGHT = "Je ramène ça à la maison."


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"Nour {way.number}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def offers_a_slot(story: Story, who: str) -> None:
    """In a week, for the colleagues of her organisation."""
    page = story.screen_of(who)
    story.go(who, "/supervision/")
    page.locator("main a[href='/supervision/offer/']").click()
    story.reads_clearly(who)
    day = clock.today() + timedelta(days=7)
    for part, said in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name=day_{part}]").fill(str(said))
    page.locator("[name=hour]").fill("10:00")
    page.locator("main form button[type=submit]").first.click()
    story.is_on(who, "/supervision/")


def says_how_she_is(story: Story, who: str) -> None:
    page = story.screen_of(who)
    story.go(who, "/how-i-am/")
    story.reads_clearly(who)
    # Nothing yet: the page says so, and keeps nothing.
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main .error-summary")).to_be_visible()
    story.reads_clearly(who)
    page.locator("[name=rest][value='1']").check()
    page.locator("[name=someone][value='3']").check()
    page.locator("[name=words]").fill(WORDS)
    page.locator("main form button[type=submit]").first.click()
    story.is_on(who, "/how-i-am/")
    expect(page.locator("main .dots-picture")).to_be_visible()
    story.reads_clearly(who)


def test_after_a_hard_month_she_says_it_to_herself_and_books_supervision(story: Story) -> None:
    with story.site.at_home():
        held(story.cast)  # with Louise, in a quarter that is over
    story.signs_in("Karim")
    offers_a_slot(story, "Karim")

    # She answers for herself alone, and supervision is one press away.
    story.signs_in("Inès")
    says_how_she_is(story, "Inès")
    page = story.screen_of("Inès")
    page.locator("main a[href='/supervision/']").click()
    story.is_on("Inès", "/supervision/")
    story.reads_clearly("Inès")
    page.locator("main .lines a.button").first.click()
    story.reads_clearly("Inès")
    page.locator("[name=words]").fill(BROUGHT)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text(BROUGHT)
    where = page.url.removeprefix(story.site.staff)
    story.reads_clearly("Inès")

    # Whoever offered it says yes; the two write in one note.
    his = story.screen_of("Karim")
    story.go("Karim", where)
    expect(his.locator("main")).to_contain_text(BROUGHT)
    his.locator("main form[action$='/accept/'] button").click()
    expect(his.locator("main form[action$='/accept/']")).to_have_count(0)
    his.locator("[name=text]").fill("On commence par souffler.")
    his.locator("main form button[type=submit]").last.click()
    story.reads_clearly("Karim")
    story.go("Inès", where)
    expect(page.locator("main")).to_contain_text("On commence par souffler.")

    # Her lead reads nothing of how she is; the coordination, that slots were used.
    story.go("Karim", "/how-i-am/")
    expect(his.locator("main")).not_to_contain_text(WORDS)
    story.signs_in("Louise")
    hers = story.screen_of("Louise")
    story.go("Louise", "/supervision/")
    expect(hers.locator("main")).to_contain_text("2026 · 1")
    expect(hers.locator("main")).not_to_contain_text("Karim")
    story.reads_clearly("Louise")
    story.is_refused("Louise", where)

    # She erases what she said.
    story.go("Inès", "/how-i-am/")
    page.locator("main a[href='/how-i-am/erase/']").click()
    story.reads_clearly("Inès")
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", "/how-i-am/")
    expect(page.locator("main")).not_to_contain_text(WORDS)
