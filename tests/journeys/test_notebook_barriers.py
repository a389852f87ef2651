"""Is her notebook hers without a mouse, in her own colours, enlarged, and without any script?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.by_keyboard import tabs_to, tabs_to_link
from tests.journeys.conftest import Way
from tests.journeys.server import PHONE
from tests.journeys.story import Story, told
from tests.journeys.test_notebook import (
    ELSEWHERE,
    PIN,
    followed,
    nothing_stays,
    opened_beside_her,
    telephone,
)

pytestmark = pytest.mark.browser

NUMBERS = count(1)
PAGES = ("/n/1/", "/n/5/", "/n/6/", "/n/61/", "/n/40/", "/n/11/", "/n/2/")
SEND = "main form button[type=submit]"
PATIENCE = 20_000  # both numbers are stretched, slowly on purpose


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    name = f"Nour {way.number} {next(NUMBERS)}"
    with told(*world[:1], chromium, world[1], way.language, way.size, name=name) as one:
        yield one


def fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def is_clear_in_her_colours_and_enlarged(page: Page, story: Story, addresses: tuple[str, ...]):
    """Forced colours, on a phone; then text four times larger, on a desk."""
    for address in addresses:
        page.emulate_media(forced_colors="active")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.goto(f"{story.site.youth}{address}")
        assert (address, barriers(page)) == (address, [])
        expect(page.locator(".exit-button")).to_be_visible()
        page.emulate_media(forced_colors="none")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '400%'")
        fits(page, 1280)
        assert page.locator(".exit-button").bounding_box()["width"] < 1280  # type: ignore[index]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]


def goes_by_keyboard(page: Page, address: str) -> None:
    """From her first page, by its ways alone."""
    tabs_to_link(page, address)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{address}$"))


def home_by_keyboard(page: Page) -> None:
    goes_by_keyboard(page, "/n/1/")


def test_by_keyboard_alone_she_writes_lowers_leaves_a_word_and_goes_out(
    story: Story, chromium: Browser
) -> None:
    code = opened_beside_her(story, followed(story))
    opened, page = telephone(story, chromium)
    is_clear_in_her_colours_and_enlarged(page, story, ("/n/",))

    page.goto(f"{story.site.youth}/n/")
    tabs_to(page, "[name=code]")
    page.keyboard.type(code)
    page.keyboard.press("Tab")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/n/1/$"), timeout=PATIENCE)

    goes_by_keyboard(page, "/n/6/")
    tabs_to(page, "form[action='/n/7/'] [name=line]")
    page.keyboard.type("Revoir la mer.")
    tabs_to(page, "form[action='/n/7/'] button")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Revoir la mer.")
    home_by_keyboard(page)

    goes_by_keyboard(page, "/n/11/")
    tabs_to(page, "[name=words]")
    page.keyboard.type("On se voit jeudi?")
    tabs_to(page, SEND)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("On se voit jeudi?")
    home_by_keyboard(page)

    is_clear_in_her_colours_and_enlarged(page, story, PAGES)

    page.goto(f"{story.site.youth}/n/1/")
    goes_by_keyboard(page, "/n/2/")
    tabs_to(page, "[name=level]")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[name=level][value=PRACTICAL]")).to_be_checked()
    tabs_to(page, SEND)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    page.goto(f"{story.site.youth}/n/1/")
    expect(page.locator("main a[href='/n/6/']")).to_have_count(0)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("^https://"))
    nothing_stays(opened, page, story)
    opened.close()


def test_without_script_she_writes_keeps_a_page_of_hers_and_asks(
    story: Story, chromium: Browser
) -> None:
    code = opened_beside_her(story, followed(story))
    opened = chromium.new_context(
        viewport=PHONE,
        java_script_enabled=False,
        reduced_motion="reduce",  # type: ignore[arg-type]
    )
    opened.set_default_timeout(10_000)
    cookie = {"name": "django_language", "value": story.language, "url": story.site.youth}
    opened.add_cookies([cookie])  # type: ignore[list-item]
    opened.route(ELSEWHERE, lambda route: route.fulfill(body="<title>Météo</title>", status=200))
    page = opened.new_page()
    page.goto(f"{story.site.youth}/n/")
    page.locator("[name=code]").fill(code)
    page.locator("[name=pin]").fill(PIN)
    page.locator(SEND).first.click()
    expect(page).to_have_url(re.compile("/n/1/$"), timeout=PATIENCE)

    page.locator("main a[href='/n/6/']").click()
    page.locator("form[action='/n/7/'] [name=line]").fill("Revoir la mer.")
    page.locator("form[action='/n/7/'] button").click()
    expect(page.locator("main")).to_contain_text("Revoir la mer.")

    page.goto(f"{story.site.youth}/n/61/")
    page.locator(SEND).first.click()  # what nobody can do for her, read before the first page
    page.locator("[name=title]").fill("Mes colères")
    page.locator("[name=text]").fill("Je les garde ici.")
    page.locator(SEND).first.click()
    page.get_by_role("link", name="Mes colères").click()
    expect(page.locator("main")).to_contain_text("Je les garde ici.")

    page.goto(f"{story.site.youth}/n/40/")
    page.locator("main a[href='/n/45/']").click()
    page.locator("main a[href='/n/46/1/']").click()
    page.locator("[name=words]").fill("Pas le voisin.")
    page.locator(SEND).first.click()
    expect(page).to_have_url(re.compile("/n/47/$"))
    expect(page.locator("main .card")).to_have_count(1)
    opened.close()
