"""How heavy is the youth site, and when can its pages be read on a slow telephone?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.server import Site
from tests.proofs import browsers
from tests.proofs.figures import tell
from tests.proofs.young import young_site

pytestmark = [pytest.mark.proof, pytest.mark.browser]

PAGES = ["/", "/how/", "/together/", "/steps/", "/lines/", "/for-me/"]
KILOBYTE, MOST_BYTES, MOST_REQUESTS, READABLE_WITHIN = 1_000, 30_000, 5, 2.0
SLOW = {"milliseconds": 400, "bytes_a_second": 50_000}  # slow 3G: 400 kbit/s, 400 ms
SEEN = """(() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [page.responseStart, paint ? paint.startTime : -1, page.domContentLoadedEventEnd,
          document.querySelectorAll("*").length];
})()"""


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[Site]:
    with (
        django_db_blocker.unblock(),
        young_site("test_weight_site", tmp_path_factory.mktemp("weight")) as site,
    ):
        yield site


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
    if not browsers.programme_of("chromium"):
        pytest.skip(browsers.MISSING["chromium"])
    with browsers.opened("chromium") as browser:
        browser.goes(f"{site.youth}{path}")  # whatever the server draws for the first time
        browser.asks("Network.clearBrowserCache")
        browser.goes("about:blank")
        browser.slows_down(**SLOW)
        browser.events.clear()

        browser.goes(f"{site.youth}{path}")

        assert browsers.until(lambda: browser.says(SEEN)[1] > 0)
        first, readable, whole, elements = browser.says(SEEN)
        requests, size = weighed(browser)
    tell(
        f"first view of {path}",
        f"{requests} requests, {size / KILOBYTE:.1f} kB, first byte {first / 1000:.2f} s, "
        f"readable {readable / 1000:.2f} s, whole {whole / 1000:.2f} s, {elements} elements",
        "5 requests, 30 kB, readable within 2 s at 400 kbit/s and 400 ms",
    )
    assert (requests <= MOST_REQUESTS, size <= MOST_BYTES) == (True, True)
    assert readable / 1000 <= READABLE_WITHIN
