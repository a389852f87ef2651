"""If a script of the way out lied, would a browser say so? Each small lie is told, and caught.

What covers a page of hers is a few lines of script. Each lie changes one of them, as a careless
hand would; a walk that is made without it too must then meet what it does not meet otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from spheres.sharing.notebooks import IDLE
from spheres.ui.stylesheet import STATIC
from tests.daily import DAILY, part_told, told_today
from tests.journeys.server import PHONE, Site, browsing
from tests.proofs import youth_report
from tests.proofs.figures import tell
from tests.proofs.young import neutral_site, young_site

pytestmark = [pytest.mark.browser, DAILY]

SCRIPT = STATIC / "youth.js"
Step = Callable[[BrowserContext, Site, str], None]


@pytest.fixture(scope="module")
def weather() -> Iterator[str]:
    with neutral_site() as address:
        yield address


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory, weather: str
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("cover")
    with (
        django_db_blocker.unblock(),
        young_site("test_cover", folder, leads_to=f"{weather}/weather") as site,
    ):
        yield site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browsing() as browser:
        yield browser


@contextmanager
def telephone(chromium: Browser, script: str, patience: float) -> Iterator[BrowserContext]:
    """Hers, where the scripts say this; whatever it looks for in vain, it looks for so long."""
    opened = chromium.new_context(viewport=PHONE, reduced_motion="reduce")
    opened.set_default_timeout(patience)
    opened.set_default_navigation_timeout(20_000)

    def said(route: Route) -> None:
        route.fulfill(body=script, content_type="text/javascript")

    opened.route("**/ui/youth*.js", said)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def at(opened: BrowserContext, address: str, *, inside: bool = False) -> Iterator[Page]:
    """On a page of the site; `inside`, as a page of her notebook, at an hour that stands still."""
    page = opened.new_page()
    if inside:
        page.clock.install()
    page.goto(address)
    if inside:
        page.evaluate("document.body.dataset.spheresSignedIn = '/n/2/'")
    try:
        yield page
    finally:
        page.close()


def lines(page: Page) -> int:
    asked = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
    return len(asked["entries"])


def is_blank(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.hidden"))


def holds_the_way_out(page: Page) -> list[str]:
    """The way out answers nothing: the page stays where it is, as it then is."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=204)

    page.route("**/e", answer)
    return asked


LEFT = """() => {
  document.querySelector(".exit-button").click();
  return [document.documentElement.hidden, document.body.childElementCount];
}"""


def leaves_at_once(opened: BrowserContext, site: Site, weather: str) -> None:
    with at(opened, f"{site.youth}/how/") as page:
        asked = holds_the_way_out(page)
        assert page.evaluate(LEFT) == [True, 0]
        page.wait_for_timeout(200)
        assert len(asked) == 1
    with at(opened, f"{site.youth}/how/") as page:
        before = lines(page)
        page.locator(".exit-button").click()
        page.wait_for_url(f"{weather}/weather", timeout=5_000)
        assert lines(page) == before


def leaves_by_shift(opened: BrowserContext, site: Site, _weather: str) -> None:
    def pressed(*keys: str) -> bool:
        with at(opened, f"{site.youth}/how/") as page:
            asked = holds_the_way_out(page)
            for key in keys:
                page.keyboard.press(key)
            page.wait_for_timeout(100)
            return bool(asked)

    assert pressed("Shift", "Shift", "Shift")
    assert not pressed("Shift", "Shift")
    assert not pressed("Shift", "Shift", "a", "Shift")
    with at(opened, f"{site.youth}/how/") as page:
        asked = holds_the_way_out(page)
        for _moment in range(5):
            page.keyboard.down("Shift")  # held: all but the first are repeated
        page.wait_for_timeout(100)
        assert asked == []


def is_asked_again(opened: BrowserContext, site: Site, _weather: str) -> None:
    with at(opened, f"{site.youth}/how/") as page:
        page.evaluate("window.wasHere = true")
        blank = page.evaluate(
            """() => {
              dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
              return document.documentElement.hidden;
            }"""
        )
        assert blank
        page.wait_for_function("() => window.wasHere !== true")


PUT_ASIDE = """hidden => {
  Object.defineProperty(document, "visibilityState",
    { configurable: true, get: () => hidden ? "hidden" : "visible" });
  document.dispatchEvent(new Event("visibilitychange"));
  return document.body.hasAttribute("data-covered");
}"""


def is_covered(opened: BrowserContext, site: Site, _weather: str) -> None:
    with at(opened, f"{site.youth}/how/", inside=True) as page:
        asked = holds_the_way_out(page)
        assert page.evaluate(PUT_ASIDE, True)
        page.clock.fast_forward(30_000)
        assert not page.evaluate(PUT_ASIDE, False)
        assert (is_blank(page), asked) == (False, [])
        page.evaluate(PUT_ASIDE, True)
        page.clock.fast_forward(61_000)
        page.evaluate(PUT_ASIDE, False)
        assert is_blank(page)


def is_left_when_still(opened: BrowserContext, site: Site, _weather: str) -> None:
    """Five minutes without a move; reading is a move, of which the site hears, and answers."""
    with at(opened, f"{site.youth}/how/", inside=True) as page:
        told: list[str] = []
        page.route("**/n/2/", lambda route: (told.append(route.request.method), route.abort()))
        holds_the_way_out(page)
        page.clock.fast_forward(240_000)
        page.evaluate("dispatchEvent(new Event('scroll'))")
        page.clock.fast_forward(240_000)
        assert not is_blank(page)
        assert told == ["HEAD"]
        page.clock.fast_forward(61_000)
        assert is_blank(page)
    with at(opened, f"{site.youth}/how/", inside=True) as page:
        holds_the_way_out(page)
        page.clock.fast_forward(61_000)
        page.evaluate("dispatchEvent(new Event('scroll'))")  # nobody is inside: led to the door
        page.wait_for_function("() => document.documentElement.hidden")
    with at(opened, f"{site.youth}/how/") as page:
        page.clock.install()
        page.clock.fast_forward(900_000)
        assert not is_blank(page)  # a page for everybody stays


def is_one_line_of_the_history(opened: BrowserContext, site: Site, _weather: str) -> None:
    with at(opened, f"{site.youth}/") as page:
        before = lines(page)
        page.locator(".ways a[href='/how/']").click()
        page.wait_for_url("**/how/", timeout=5_000)
        page.locator("[data-spheres-language] button").click()
        expect(page.locator("html")).to_have_attribute("lang", "en-CA")
        assert lines(page) == before
    opened.clear_cookies()


# The step that meets it, a piece of the script, and what stands in its place.
LIES: dict[str, tuple[Step, str, str]] = {
    "the exit does not blank the page": (
        leaves_at_once,
        "document.documentElement.hidden = true;\ndocument.body",
        "document.body",
    ),
    "the exit leaves the words behind the blank": (
        leaves_at_once, "document.body.replaceChildren();", "",
    ),
    "the exit adds a line to the history": (
        leaves_at_once, "location.replace(door.href)", "location.assign(door.href)",
    ),
    "the exit leads nowhere": (leaves_at_once, "location.replace(door.href);", ""),
    "four presses of Shift are needed": (
        leaves_by_shift, "presses.length >= 3", "presses.length >= 4",
    ),
    "two presses of Shift are enough": (
        leaves_by_shift, "presses.length >= 3", "presses.length >= 2",
    ),
    "a key between counts for nothing": (leaves_by_shift, "presses = [];\nreturn;", "return;"),
    "a key held down is pressed many times": (leaves_by_shift, "if (event.repeat) return;", ""),
    "brought back from memory, the page is shown": (
        is_asked_again, "if (!event.persisted) return;", "return;",
    ),
    "brought back from memory, it is not asked again": (
        is_asked_again, "location.reload();\n});\ndoc", "});\ndoc",
    ),
    "a page put aside is not covered": (
        is_covered, 'body.toggleAttribute("data-covered", hidden);', "",
    ),
    "a page taken up again stays covered": (
        is_covered, '"data-covered", hidden', '"data-covered", true',
    ),
    "a minute away puts nobody out": (is_covered, "Date.now() - away > PATIENCE", "false"),
    "a moment away puts her out": (is_covered, "Date.now() - away > PATIENCE", "true"),
    "a page left on the screen stays there": (
        is_left_when_still, "Date.now() - moved >= STILL", "false",
    ),
    "whoever reads is put out": (
        is_left_when_still, "moved = Date.now();\nif (!address", "if (!address",
    ),
    "the site hears of no move": (
        is_left_when_still, "fetch(address, {", "Promise.reject(0 && {",
    ),
    "put out, the page stays on the screen": (
        is_left_when_still, 'if (answer.type === "opaqueredirect") leave();', "",
    ),
    "each page is a line of the history": (
        is_one_line_of_the_history,
        "location.replace(link.href);",
        "location.assign(link.href);",
    ),
    "the links of hers are as any other": (
        is_one_line_of_the_history, "event.preventDefault();\nlocation.replace(link.href);", "",
    ),
    "the other language is asked for as any form": (
        is_one_line_of_the_history,
        'if (!form.matches("[data-spheres-language]")) return;',
        "return;",
    ),
}  # fmt: skip


def stops(
    chromium: Browser, script: str, step: Step, site: Site, weather: str, patience: float = 2_000
) -> bool:
    """Whether this step of the walk is not as it must be."""
    with telephone(chromium, script, patience) as opened:
        try:
            step(opened, site, weather)
        except (AssertionError, Error):
            return True
    return False


def test_each_lie_of_the_scripts_that_cover_her_page_is_caught(
    site: Site, weather: str, chromium: Browser, whole: bool
) -> None:
    true = SCRIPT.read_text()
    told = told_today(LIES, whole=whole)
    assert [name for name, (_step, piece, _instead) in LIES.items() if piece not in true] == []
    # Left on the screen, a page goes when the site itself would put her out.
    assert f"const STILL = {IDLE.total_seconds() * 1000:.0f};" in true

    lies = {name: LIES[name] for name in told}
    steps = {step for step, _piece, _instead in lies.values()}
    wrong = [step for step in steps if stops(chromium, true, step, site, weather, 20_000)]
    believed = [
        name
        for name, (step, piece, instead) in lies.items()
        if not stops(chromium, true.replace(piece, instead, 1), step, site, weather)
    ]

    if whole:
        youth_report.keep(lies=len(LIES))
    tell(f"lies of the scripts of the way out: {len(told)}{part_told(whole=whole)}", "all caught")
    assert (wrong, believed) == ([], [])
