"""Does her notebook open with her worker, on her telephone, and leave nothing behind?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from spheres.core import clock
from spheres.followup.reaching import actions as reaching
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import Line
from tests.cast import acting, follow
from tests.journeys.barriers import barriers
from tests.journeys.conftest import Way
from tests.journeys.server import PHONE, window
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser

PIN, HERS = "730194", "Quand je me tais, attends."
ELSEWHERE = "https://**"
NUMBERS = count(1)


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    name = f"Nour {way.number} {next(NUMBERS)}"  # each story is of somebody else
    with told(*world[:1], chromium, world[1], way.language, way.size, name=name) as one:
        yield one


def followed(story: Story) -> UUID:
    """Inès walks with her, how to reach her is confirmed, and a line of her page is written."""
    cast = story.cast
    with story.site.at_home():
        file_id = follow(
            story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines
        ).file_id
        at = clock.now()
        with acting(cast.ines, at):
            reaching.confirm(file_id, uuid4(), on=clock.day_of(at), by=cast.ines, at=at)
            said = summary.Said(uuid4(), 0, HERS, Line.Whose.HERS)
            summary.add(file_id, said, by=cast.ines, at=at)
    return file_id


def opened_beside_her(story: Story, file_id: UUID) -> str:
    """Inès opens it with her; she types her PIN; the code is read once."""
    story.signs_in("Inès")
    return opens_it_beside_her(story, file_id, "words", "plan")


def opens_it_beside_her(story: Story, file_id: UUID, *kinds: str) -> str:
    """The same, on what she chooses; Inès is at her desk already."""
    page = story.screen_of("Inès")
    story.go("Inès", f"/files/{file_id}/")
    page.locator(f"main a[href='/files/{file_id}/notebook/']").click()
    story.reads_clearly("Inès")
    page.locator("[name=level][value=WRITE]").check()
    for kind in kinds:
        page.locator(f"[name=kinds][value={kind}]").check()
    page.locator("form[action$='/notebook/open/'] button[type=submit]").click()
    story.is_on("Inès", f"/files/{file_id}/notebook/code/")
    story.reads_clearly("Inès")
    page.locator("[name=pin]").fill(PIN)
    page.locator("[name=again]").fill(PIN)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("[data-spheres-code]")).to_be_visible()
    story.reads_clearly("Inès")
    return page.locator("[data-spheres-code]").inner_text()


def telephone(
    story: Story, browser: Browser, size: dict[str, int] = PHONE
) -> tuple[BrowserContext, Page]:
    """Hers: nothing of it goes to another site, which stands for itself."""
    opened = window(browser, language=story.language, size=size, site=story.site)
    opened.route(ELSEWHERE, lambda route: route.fulfill(body="<title>Météo</title>", status=200))
    return opened, opened.new_page()


def comes_in_by_keyboard(page: Page, story: Story, code: str) -> None:
    page.goto(f"{story.site.youth}/n/")
    assert barriers(page) == []
    page.locator("[name=code]").focus()
    page.keyboard.type(code)
    page.keyboard.press("Tab")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/n/1/$"))


def reads_on_a_telephone(page: Page) -> None:
    assert barriers(page) == []
    size = page.viewport_size
    assert size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def nothing_stays(opened: BrowserContext, page: Page, story: Story) -> None:
    """Cookies, storage, caches: none; and five times Back shows no word of hers."""
    assert [c["name"] for c in opened.cookies(story.site.youth)] == []
    for _ in range(5):
        page.go_back(wait_until="load")
        said = page.content()
        assert HERS not in said
        assert "notebook" not in page.title()
    page.goto(f"{story.site.youth}/")
    stored = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length,"
        " (await indexedDB.databases()).length]"
    )
    assert stored == [0, 0, 0, 0]


def test_a_notebook_opens_with_her_worker_and_leaves_nothing_behind(
    story: Story, chromium: Browser
) -> None:
    file_id = followed(story)
    code = opened_beside_her(story, file_id)
    opened, page = telephone(story, chromium)

    comes_in_by_keyboard(page, story, code)
    for address in ("/n/1/", "/n/4/", "/n/5/", "/n/6/", "/n/11/", "/n/12/", "/n/2/"):
        page.goto(f"{story.site.youth}{address}")
        reads_on_a_telephone(page)
    page.goto(f"{story.site.youth}/n/5/")
    expect(page.locator("main")).to_contain_text(HERS)

    page.goto(f"{story.site.youth}/n/6/")
    page.locator("[name=line]").last.fill("Revoir la mer.")
    page.locator("form[action='/n/7/'] button").click()
    expect(page.locator("main")).to_contain_text("Revoir la mer.")

    page.goto(f"{story.site.youth}/n/2/")
    page.locator("[name=level][value=PRACTICAL]").check()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("main form").first.locator("button").click()
    page.goto(f"{story.site.youth}/n/5/")
    expect(page.locator("main")).not_to_contain_text(HERS)

    page.locator("[data-spheres-exit]").click()
    page.wait_for_url(re.compile("^https://"))
    nothing_stays(opened, page, story)
    opened.close()


def test_noted_as_not_safe_it_closes_under_her_eyes(story: Story, chromium: Browser) -> None:
    file_id = followed(story)
    code = opened_beside_her(story, file_id)
    opened, page = telephone(story, chromium)
    comes_in_by_keyboard(page, story, code)

    with story.site.at_home():
        at, ines = clock.now(), story.cast.ines
        with acting(ines, at):
            reaching.note_unsafe(file_id, uuid4(), on=clock.day_of(at), by=ines, at=at)
    page.goto(f"{story.site.youth}/n/5/")

    expect(page).to_have_url(re.compile("/n/$"))
    assert HERS not in page.content()
    story.go("Inès", f"/files/{file_id}/notebook/")
    expect(story.screen_of("Inès").locator("[name=level]")).to_have_count(0)
    story.reads_clearly("Inès")
    opened.close()


def moves_to(page: Page, story: Story, address: str) -> None:
    page.goto(f"{story.site.youth}{address}")
    reads_on_a_telephone(page)


def types_a_page_by_keyboard(page: Page, title: str, text: str) -> None:
    page.locator("[name=title]").focus()
    page.keyboard.type(title)
    page.keyboard.press("Tab")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/n/61/$"))


def opens_page(page: Page, story: Story, title: str) -> None:
    moves_to(page, story, "/n/61/")
    page.get_by_role("link", name=title).click()
    expect(page.locator("h1")).to_have_text(title)
    reads_on_a_telephone(page)


def presses(page: Page, address: str) -> None:
    """The way to another page of hers, then its button."""
    page.locator(f"main a[href^='{address}']").click()
    expect(page).to_have_url(re.compile(address))
    reads_on_a_telephone(page)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/n/61/$"))


def test_she_writes_for_herself_gives_a_page_leaves_a_word_and_reads_the_answer(
    story: Story, chromium: Browser
) -> None:
    file_id = followed(story)
    code = opened_beside_her(story, file_id)
    opened, page = telephone(story, chromium)
    comes_in_by_keyboard(page, story, code)

    moves_to(page, story, "/n/61/")
    page.locator("main form button[type=submit]").focus()
    page.keyboard.press("Enter")
    reads_on_a_telephone(page)
    types_a_page_by_keyboard(page, "Mes colères", "Je les garde ici.")
    moves_to(page, story, "/n/62/")
    types_a_page_by_keyboard(page, "Pour Inès", HERS)
    reads_on_a_telephone(page)

    opens_page(page, story, "Pour Inès")
    presses(page, "/n/66/")
    opens_page(page, story, "Mes colères")
    presses(page, "/n/65/")
    expect(page.locator("main")).not_to_contain_text("Mes colères")

    moves_to(page, story, "/n/11/")
    page.locator("[name=words]").fill("Je t’ai donné une page.")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Je t’ai donné une page.")

    ines = story.screen_of("Inès")
    story.go("Inès", f"/files/{file_id}/notebook/words/")
    story.reads_clearly("Inès")
    ines.locator("[name=words]").fill("Merci, je l’ai lue.")
    with ines.expect_response(lambda answer: answer.request.method == "POST"):
        ines.locator("main form button[type=submit]").click()

    moves_to(page, story, "/n/11/")
    expect(page.locator("main")).to_contain_text("Merci, je l’ai lue.")
    page.locator("[data-spheres-exit]").click()
    page.wait_for_url(re.compile("^https://"))
    nothing_stays(opened, page, story)
    opened.close()
