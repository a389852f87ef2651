"""Is a whole visit to her notebook one line of the history: read, write, my say, a page of hers?

And would it be seen if a script of hers did otherwise? In Chromium and in Firefox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from spheres.core import clock
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import Line
from spheres.portal.notebook.tests.factories import (
    CODE,
    EVERYTHING,
    PIN,
    confirm_contact,
    give_code,
    open_notebook,
)
from spheres.regions import queries as regions
from tests.cast import Cast, acting
from tests.journeys.server import Site, served
from tests.proofs import browsers
from tests.proofs.figures import tell
from tests.proofs.young import neutral_site

pytestmark = [pytest.mark.proof, pytest.mark.browser]

HERS, DREAM, TITLE = "Quand je me tais, attends.", "Revoir la mer.", "Mes colères"
# What a careless hand would make of a script, done to each page once it stands there.
LIES = {
    "the answer to a form is a line of the history": (
        "(page => { page.history.replaceState = page.history.pushState; })"
        "(window.wrappedJSObject || window)"
    ),
    "her forms are sent as any other": (
        "document.addEventListener('submit', event => event.stopImmediatePropagation(), true)"
    ),
    "her links are followed as any other": (
        "document.addEventListener('click', event => event.stopImmediatePropagation(), true)"
    ),
}
Walk = Callable[[str], None]


def fill() -> None:
    cast, at = Cast.gather(), clock.now()
    confirm_contact(cast, at=at)
    open_notebook(cast, kinds=EVERYTHING | {"say"}, at=at)
    give_code(cast, at=at)
    with acting(cast.ines, at):
        said = summary.Said(uuid4(), 0, HERS, Line.Whose.HERS)
        summary.add(cast.maya.file_id, said, by=cast.ines, at=at)


@pytest.fixture(scope="module")
def weather() -> Iterator[str]:
    with neutral_site() as address:
        yield address


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory, weather: str
) -> Iterator[Site]:
    logs = tmp_path_factory.mktemp("one_entry")
    exits = {"SPHERES_EXIT_URL": f"{weather}/weather"}
    with (
        django_db_blocker.unblock(),
        served("test_one_entry", logs=logs, prepare=fill, variables=exits) as site,
    ):
        yield site
    regions.forget()


@pytest.fixture(params=["chromium", "firefox"])
def kind(request: pytest.FixtureRequest) -> str:
    return browsers.need(request.param)


def visited(browser: browsers.Browser, site: Site, weather: str, lie: str = "") -> dict[str, int]:
    """How many lines the history has at the door, then after each thing she does."""
    found: dict[str, int] = {}

    def stands(done: str, words: str, address: str = "") -> None:
        """The page that comes of it is there: what it says, and where it is."""
        assert browsers.until(
            lambda: words in browser.shown() and browser.url().endswith(address)
        ), (done, browser.url(), browser.shown())
        found[done] = int(browser.says("history.length"))  # type: ignore[attr-defined]
        if lie:
            browser.says(lie)  # type: ignore[attr-defined]

    def presses(selector: str) -> None:
        browser.presses(selector)  # type: ignore[attr-defined]

    def goes_home() -> None:
        presses("footer a[href='/n/1/']")
        stands("first page", "Mon carnet", "/n/1/")

    browser.goes(f"{weather}/before")
    browser.goes(f"{site.youth}/n/")
    stands("door", "NIP", "/n/")
    browser.types("main [name=code]", CODE)
    browser.types("main [name=pin]", PIN)
    presses("main [type=submit]")
    stands("comes in", "Mon carnet", "/n/1/")
    presses("main a[href='/n/5/']")
    stands("reads", HERS, "/n/5/")
    goes_home()
    presses("main a[href='/n/6/']")
    stands("is about to write", "Écrire", "/n/6/")
    browser.types("form[action='/n/7/'] [name=line]", DREAM)
    presses("form[action='/n/7/'] [type=submit]")
    stands("writes", DREAM, "/n/6/")
    goes_home()
    presses("main a[href='/n/40/']")
    stands("my say", "Ce que je partage", "/n/40/")
    presses("main a[href='/n/42/']")
    stands("types her PIN", "NIP", "/n/42/")
    browser.types("main [name=pin]", PIN)
    presses("main [type=submit]")
    stands("who opened", "Inès", "/n/42/")
    goes_home()
    presses("main a[href='/n/61/']")
    stands("pages of hers", "pages", "/n/61/")
    presses("main form[action='/n/62/'] [type=submit], main a[href='/n/62/']")
    stands("begins a page", "Garder", "/n/62/")
    browser.types("main [name=title]", TITLE)
    browser.types("main [name=text]", "Je les garde ici.")
    presses("main form [type=submit]")
    stands("a page of hers", TITLE, "/n/61/")
    return found


def test_her_whole_visit_is_one_line_of_the_history(kind: str, site: Site, weather: str) -> None:
    with browsers.opened(kind) as browser:
        found = visited(browser, site, weather)

    more = {done: lines - found["door"] for done, lines in found.items() if done != "door"}
    tell(f"new lines of the history, {kind}", f"{max(more.values())} over {len(more)}", "0")
    assert more == dict.fromkeys(more, 0)


@pytest.mark.parametrize("lie", LIES)
def test_a_script_that_does_otherwise_is_seen(
    kind: str, site: Site, weather: str, lie: str
) -> None:
    with browsers.opened(kind) as browser:
        found = visited(browser, site, weather, LIES[lie])

    assert max(found.values()) > found["door"]
