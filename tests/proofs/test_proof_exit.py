"""Does the way out leave nothing behind the Back button, at once, in two real browsers? (T25)"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from spheres.core import clock, context
from spheres.regions import loading, queries
from spheres.regions.loading import LOADER
from tests.journeys.server import Site, served
from tests.proofs import browsers
from tests.region import lives

pytestmark = [pytest.mark.proof, pytest.mark.browser]

ROOT = Path(__file__).resolve().parents[2]
# What a look over a shoulder must not meet; the first two are what she typed.
SENSITIVE = (
    "Anaïs-Rose", "dormir tranquille", "Éclaircie", "police", "aide", "danger", "jugé", "juge",
    "texter", "message", "argent", "aimes", "Quitter rapidement", "Quick exit", "help", "trust",
)  # fmt: skip
BACKS = 5
BLANK_WITHIN = 0.3  # seconds


class Weather(BaseHTTPRequestHandler):
    """The neutral page, and what she looked at before."""

    def do_GET(self) -> None:
        said = f"<!doctype html><title>x</title><p>{self.path.strip('/')} 12 degrés</p>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *said: object) -> None:
        """Nothing is written."""


@pytest.fixture(scope="module")
def weather() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory, weather: str
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("exit")
    shutil.copytree(
        ROOT / "regions/demo",
        folder / "demo",
        ignore=shutil.ignore_patterns("people.yaml", *lives()),
    )

    def fill() -> None:
        with context.acting_as(LOADER):
            loading.load(loading.check(folder / "demo"), by=LOADER, at=clock.now())
        queries.forget()

    with (
        django_db_blocker.unblock(),
        served(
            "test_exit_site",
            logs=folder,
            prepare=fill,
            variables={"SPHERES_EXIT_URL": f"{weather}/weather"},
        ) as site,
    ):
        yield site
    queries.forget()


@pytest.fixture(params=["chromium", "firefox"])
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if not browsers.programme_of(name):
        pytest.skip(browsers.MISSING[name])
    return name


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
        print(f"\n{kind}, button: {sum(map(len, found))} words over {BACKS} presses of Back")
        assert found == [[]] * (BACKS + 1)


def test_three_presses_of_shift_leave_as_much(kind: str, site: Site, weather: str) -> None:
    with browsers.opened(kind) as browser:
        wanders(browser, site, weather)

        for _press in range(3):
            browser.presses_shift()

        assert browsers.until(lambda: browser.url() == f"{weather}/weather"), browser.url()
        assert [words_met(browser), *behind(browser)] == [[]] * (BACKS + 1)


def test_without_script_it_leaves_all_the_same(kind: str, site: Site, weather: str) -> None:
    """Then Back may show the last page again, and the page of limits says so."""
    with browsers.opened(kind, script=False) as browser:
        browser.goes(f"{weather}/before")
        browser.goes(f"{site.youth}/how/")
        browser.presses(".exit-button")

        assert browsers.until(lambda: browser.url() == f"{weather}/weather"), browser.url()
        assert words_met(browser) == []
        browser.goes_back()
        time.sleep(0.5)
        print(f"\n{kind}, without script: Back shows {browser.url()}, words: {words_met(browser)}")


# Told by the page itself: from the press to the second frame drawn after it was emptied.
WATCH = """addEventListener("click", (press) => {
  new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(
    () => blankAfter(String(performance.now() - press.timeStamp)),
  ))).observe(document.documentElement, { attributes: true });
}, true)"""


def test_the_page_is_blank_at_once_however_slow_the_network(site: Site) -> None:
    """Chromium can wait for its network: two seconds before the next page says anything."""
    if not browsers.programme_of("chromium"):
        pytest.skip(browsers.MISSING["chromium"])
    waits = []
    for _time in range(5):
        with browsers.opened("chromium") as browser:
            browser.asks("Runtime.enable")
            browser.asks("Runtime.addBinding", name="blankAfter")
            browser.asks("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
            browser.goes(f"{site.youth}/for-me/")
            browser.slows_down(2_000)
            browser.presses(".exit-button")
            assert browsers.until(lambda: bool(browser.told("blankAfter")))
            waits.append(float(browser.told("blankAfter")[0]) / 1000)
    print(f"\nblank after {max(waits) * 1000:.0f} ms at most, of {len(waits)} times")
    assert max(waits) < BLANK_WITHIN
