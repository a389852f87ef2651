"""Does the youth site leave nothing behind the Back button (T25), and is it light?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.server import Site
from tests.proofs import browsers, youth_report
from tests.proofs.figures import tell
from tests.proofs.slow_line import BLANK_WITHIN, blank_after, line_to
from tests.proofs.young import neutral_site, young_site

pytestmark = [pytest.mark.proof, pytest.mark.browser]

# What a look over a shoulder must not meet; the first two are what she typed.
SENSITIVE = (
    "Anaïs-Rose", "dormir tranquille", "Éclaircie", "police", "aide", "danger", "jugé", "juge",
    "texter", "message", "argent", "aimes", "Quitter rapidement", "Quick exit", "help", "trust",
)  # fmt: skip
BACKS = 5


@pytest.fixture(scope="module")
def weather() -> Iterator[str]:
    with neutral_site() as address:
        yield address


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory, weather: str
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("young")
    with (
        django_db_blocker.unblock(),
        young_site("test_young_site", folder, leads_to=f"{weather}/weather") as site,
    ):
        yield site


@pytest.fixture(params=browsers.KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return browsers.need(request.param)


def words_met(browser: browsers.Browser) -> list[str]:
    said = f"{browser.shown()} {browser.url()}".casefold()
    return [word for word in SENSITIVE if word.casefold() in said]


def behind(browser: browsers.Browser) -> list[list[str]]:
    """What each press of Back shows, once it has settled."""
    found = []
    for _press in range(BACKS):
        browser.goes_back()
        time.sleep(0.3)
        found.append(words_met(browser))
    return found


def wanders(browser: browsers.Browser, site: Site, weather: str) -> None:
    """Four pages, the other language and back, a form begun and sent with a mistake."""
    browser.goes(f"{weather}/before")
    browser.goes(f"{site.youth}/")
    browser.taps("a[href='/how/']")
    browser.taps("a[href='/together/']")
    browser.taps("button[name=language]")
    browser.taps("button[name=language]")
    browser.taps("a[href='/for-me/']")
    browser.types("main [name=chosen_name]", "Anaïs-Rose")
    browser.types("main [name=wish]", "Dormir tranquille.")
    browser.taps("main [type=submit]")
    assert "Anaïs-Rose" in browser.says("document.querySelector('[name=chosen_name]').value")


def test_the_memory_of_the_back_button_is_on(kind: str, site: Site, weather: str) -> None:
    """Without it, what follows would prove nothing."""
    with browsers.opened(kind) as browser:
        browser.goes(f"{weather}/one")
        browser.says("(window.wasHere = true)")
        browser.goes(f"{weather}/two")

        browser.goes_back()

        assert browser.was_kept_in_memory()


def test_nothing_is_behind_the_back_button(kind: str, site: Site, weather: str) -> None:
    with browsers.opened(kind) as browser:
        wanders(browser, site, weather)

        browser.taps(".exit-button")

        assert browsers.until(lambda: browser.url() == f"{weather}/weather"), browser.url()
        found = [words_met(browser), *behind(browser)]
        met = f"{sum(map(len, found))} words over {BACKS} presses of Back"
        tell(f"way out, {kind}", met, "0 words")
        youth_report.keep(presses=BACKS, words=sum(map(len, found)))
        assert found == [[]] * (BACKS + 1)


def test_three_presses_of_shift_leave_as_much(kind: str, site: Site, weather: str) -> None:
    with browsers.opened(kind) as browser:
        wanders(browser, site, weather)

        for _press in range(3):
            browser.presses_shift()

        assert browsers.until(lambda: browser.url() == f"{weather}/weather"), browser.url()
        found = [words_met(browser), *behind(browser)]
        youth_report.keep(presses=BACKS, words=sum(map(len, found)))
        assert found == [[]] * (BACKS + 1)


def test_without_script_back_shows_nothing_of_where_she_went(
    kind: str, site: Site, weather: str
) -> None:
    """The first page of all, typed or come to from elsewhere, may: the page of limits says so."""
    with browsers.opened(kind, script=False) as browser:
        browser.goes(f"{weather}/before")
        browser.goes(f"{site.youth}/")
        for link in ("/how/", "/together/", "/for-me/"):
            browser.taps(f"a[href='{link}']")  # pressed on a page that has come whole
            assert browser.url() == f"{site.youth}{link}"
        browser.presses(".exit-button")

        assert browsers.until(lambda: browser.url() == f"{weather}/weather"), browser.url()
        found = [words_met(browser), *behind(browser)]
        met = f"{sum(map(len, found[:4]))} words over 3 presses of Back; then the first page"
        tell(f"way out without script, {kind}", f"{met}: {len(found[4])}", "0; said as a limit")
        youth_report.keep(presses=3, words=sum(map(len, found[:4])))
        assert found[:4] == [[]] * 4


def test_the_page_is_blank_at_once_however_slow_the_network(kind: str, site: Site) -> None:
    """Held on the way, the next page says nothing as long as this one is looked at."""
    waits = []
    with line_to(site) as line:
        for _time in range(5):
            with browsers.opened(kind) as browser:
                browser.goes(f"{line.site.youth}/for-me/")
                waits.append(blank_after(browser, line))
    worst = max(waits) * 1000
    tell(f"way out, {kind}", f"blank after {worst:.0f} ms, worst of {len(waits)}", "< 300 ms")
    youth_report.keep(blank=worst)
    assert max(waits) < BLANK_WITHIN


PAGES = ["/", "/how/", "/together/", "/steps/", "/lines/", "/for-me/"]
KILOBYTE, MOST_BYTES, MOST_REQUESTS, READABLE_WITHIN = 1_000, 30_000, 5, 2.0
SLOW = {"milliseconds": 400, "bytes_a_second": 50_000}  # slow 3G: 400 kbit/s, 400 ms
SEEN = """(() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [paint ? paint.startTime : -1, page.domContentLoadedEventEnd,
          document.querySelectorAll("*").length];
})()"""


def weighed(browser: browsers.Chromium) -> tuple[int, int]:
    """Requests, and bytes on the line, since the last page."""
    browser.asks("Page.getNavigationHistory")
    kinds: dict[str, list[Any]] = {}
    for event in browser.events:
        kinds.setdefault(event.get("method", ""), []).append(event["params"])
    sizes = [one["encodedDataLength"] for one in kinds.get("Network.loadingFinished", [])]
    return len(kinds.get("Network.requestWillBeSent", [])), int(sum(sizes))


@pytest.mark.parametrize("path", PAGES)
def test_a_first_view_is_light_and_soon_readable_on_a_slow_line(site: Site, path: str) -> None:
    browsers.need("chromium")
    with browsers.opened("chromium") as browser:
        browser.goes(f"{site.youth}{path}")  # whatever the server draws for the first time
        browser.asks("Network.clearBrowserCache")
        browser.goes("about:blank")
        browser.slows_down(**SLOW)
        browser.events.clear()

        browser.goes(f"{site.youth}{path}")

        assert browsers.until(lambda: browser.says(SEEN)[0] > 0)
        readable, whole, elements = browser.says(SEEN)
        requests, size = weighed(browser)
    tell(
        f"first view of {path}",
        f"{requests} requests, {size / KILOBYTE:.1f} kB, "
        f"readable {readable / 1000:.2f} s, whole {whole / 1000:.2f} s, {elements} elements",
        "5 requests, 30 kB, readable within 2 s at 400 kbit/s and 400 ms",
    )
    youth_report.keep(requests=requests, kilobytes=size / KILOBYTE, readable=readable / 1000)
    assert (requests <= MOST_REQUESTS, size <= MOST_BYTES) == (True, True)
    assert readable / 1000 <= READABLE_WITHIN
