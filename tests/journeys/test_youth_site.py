"""Can everybody read the youth site: on a phone, by keyboard, large, in their own colours?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.by_keyboard import tabs_to
from tests.journeys.conftest import Way
from tests.journeys.server import PHONE, Site
from tests.proofs.young import young_site

pytestmark = pytest.mark.browser

YOUTH = ["/", "/how/", "/together/", "/steps/", "/lines/"]
# Where she writes, and the door of the notebook.
WRITING = ["/for-me/", "/ask/", "/answer/", "/n/"]
OTHERS = [
    "/close/", "/close/steps/", "/professionals/", "/professionals/steps/", "/privacy/",
    "/privacy/rive/", "/privacy/deux-rivages/", "/accessibility/", "/about/", "/map/", "/e/limites",
]  # fmt: skip
WORDS = {
    "fr": ("Je veux de l’aide pour moi", "Quelque chose ne va pas", "Ce qui est arrivé n’est pas"),
    "en": ("I want help for me", "Something is wrong", "What happened is not your fault"),
}
FOCUSED = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  const style = getComputedStyle(here);
  return [here.matches("a, button, input, summary, select, textarea"), box.width > 0,
          style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
          here.getAttribute("href") || here.textContent.trim()];
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, summary")]
  .filter(one => one.checkVisibility()).length"""


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[Site]:
    with (
        django_db_blocker.unblock(),
        young_site("test_youth_site", tmp_path_factory.mktemp("youth")) as site,
    ):
        yield site


def opened(browser: Browser, site: Site, *, language: str = "fr", **how: Any) -> Page:
    window = browser.new_context(reduced_motion="reduce", **how)
    window.set_default_timeout(10_000)
    if language != "fr":
        window.add_cookies([{"name": "django_language", "value": language, "url": site.youth}])
    return window.new_page()


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_every_page_to_read_is_clear(site: Site, chromium: Browser, way: Way) -> None:
    page = opened(chromium, site, language=way.language, viewport=way.size)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in [*YOUTH, *WRITING, *OTHERS]:
        page.goto(f"{site.youth}{path}")
        for fold in page.locator("main details").all():
            fold.evaluate("one => { one.open = true }")
        assert (path, barriers(page)) == (path, [])
        assert width_of(page) <= way.size["width"], path
    assert [url for url in asked if not url.startswith(site.youth)] == []
    languages = [cookie["name"] for cookie in page.context.cookies()]
    assert languages == ([] if way.language == "fr" else ["django_language"])
    page.context.close()


def test_she_looks_around_without_script_and_reaches_the_form(
    site: Site, chromium: Browser, way: Way
) -> None:
    mine, step, tip = WORDS[way.language]
    page = opened(
        chromium, site, language=way.language, viewport=way.size, java_script_enabled=False
    )
    page.goto(f"{site.youth}/")
    for path in YOUTH[1:]:
        page.locator(f".ways a[href='{path}']").click()
        expect(page.locator("h1")).to_be_visible()
        assert page.url == f"{site.youth}{path}"
        if path == "/steps/":
            page.locator("summary", has_text=step).click()
            expect(page.get_by_text(tip)).to_be_visible()
    page.goto(f"{site.youth}/steps/")
    page.get_by_role("link", name=mine).click()
    assert page.url == f"{site.youth}/for-me/"
    assert [one["name"] for one in page.context.cookies() if one["name"] != "django_language"] == []
    page.context.close()


def test_the_keyboard_alone_goes_everywhere_and_is_seen(
    site: Site, chromium: Browser, way: Way
) -> None:
    page = opened(chromium, site, language=way.language, viewport=way.size)
    for path in ("/", "/steps/", "/professionals/"):
        page.goto(f"{site.youth}{path}")
        met = []
        for _stop in range(page.evaluate(REACHABLE)):
            page.keyboard.press("Tab")
            met.append(page.evaluate(FOCUSED))
        assert met[0][3] == "/e"
        assert met[1][3] == "#content"
        assert [stop for stop in met if not all(stop[:3])] == []
    page.goto(f"{site.youth}/steps/")
    fold = page.locator("summary").nth(2)
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(WORDS[way.language][2])).to_be_visible()
    page.context.close()


def answers_by_keyboard(page: Page, typed: dict[str, str]) -> None:
    """Each question in its turn: typed, or the first of its answers; then the button."""
    for name, words in typed.items():
        tabs_to(page, f"main [name={name}]")
        page.keyboard.type(words) if words else page.keyboard.press("Space")
    tabs_to(page, "main [type=submit]")
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/ask/", {"words": "Est-ce que je peux vous parler?"}),
        ("/for-me/", {
            "chosen_name": "Lou", "age_band": "", "language": "", "channel": "",
            "reach": "438 555-0117", "hours": "15 h 30", "wish": "Dormir tranquille.",
            "urgent": "",
        }),
    ],
    ids=["ask", "for me"],
)  # fmt: skip
def test_she_writes_by_keyboard_alone(
    site: Site, chromium: Browser, path: str, typed: dict[str, str]
) -> None:
    page = opened(chromium, site, viewport=PHONE)
    page.goto(f"{site.youth}{path}")

    answers_by_keyboard(page, typed)

    expect(page).to_have_title("Reçu")
    page.context.close()


@pytest.mark.parametrize("path", [*YOUTH, *WRITING, "/close/", "/privacy/rive/"])
def test_text_four_times_larger_stays_on_the_screen(site: Site, chromium: Browser, path: str):
    page = opened(chromium, site, viewport={"width": 1280, "height": 900})
    page.goto(f"{site.youth}{path}")
    page.evaluate("document.documentElement.style.fontSize = '400%'")

    assert width_of(page) <= 1280
    assert page.locator(".exit-button").bounding_box()["width"] < 1280
    page.context.close()


@pytest.mark.parametrize(
    "colours", [{"forced_colors": "active"}, {"color_scheme": "dark"}], ids=["forced", "dark"]
)
def test_a_persons_own_colours_hide_nothing(site: Site, chromium: Browser, colours: dict[str, str]):
    page = opened(chromium, site, viewport=PHONE, **colours)
    for path in (*YOUTH, *WRITING, "/close/"):
        page.goto(f"{site.youth}{path}")
        assert (path, barriers(page)) == (path, [])
        expect(page.locator(".exit-button")).to_be_visible()
    page.context.close()


def test_a_mistake_and_the_other_language_make_no_line_in_the_history(
    site: Site, chromium: Browser
) -> None:
    page = opened(chromium, site, viewport=PHONE)
    page.goto(f"{site.youth}/")
    before = page.evaluate("history.length")

    page.locator(".ways a[href='/how/']").click()
    page.locator("[data-spheres-language] button").click()
    expect(page.locator("html")).to_have_attribute("lang", "en-CA")
    page.locator("main a[href='/for-me/']").click()
    page.locator("main [type=submit]").click()
    expect(page.locator("main [data-spheres-focus]")).to_be_focused()
    page.locator("main [data-spheres-focus] a").first.click()

    assert page.evaluate("document.activeElement.name") == "chosen_name"
    assert page.evaluate("history.length") == before
    assert page.title() == "To correct"
    page.context.close()
