"""Once she has left her notebook, is nothing of it behind the Back button, nor in the browser?
(T25, T26)"""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import uuid4

import pytest

from spheres.core import clock
from spheres.followup.summary import actions as summary
from spheres.followup.summary.models import Line
from spheres.portal.notebook.tests.factories import (
    CODE,
    PIN,
    confirm_contact,
    give_code,
    open_notebook,
)
from spheres.regions import queries as regions
from tests.cast import Cast, acting
from tests.journeys.server import Site, served
from tests.proofs import browsers, youth_report
from tests.proofs.figures import tell
from tests.proofs.slow_line import BLANK_WITHIN, blank_after, line_to
from tests.proofs.young import neutral_site

pytestmark = [pytest.mark.proof, pytest.mark.browser]

HERS = "Quand je me tais, attends."
# What she wrote, and what would say that she has a notebook.
SENSITIVE = (HERS, "Mes mots", "Mon carnet", "mon plan", "intervenant", "accompagne", CODE, PIN)
BACKS = 5


def fill() -> None:
    cast, at = Cast.gather(), clock.now()
    confirm_contact(cast, at=at)
    open_notebook(cast, at=at)
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
    logs = tmp_path_factory.mktemp("inside")
    exits = {"SPHERES_EXIT_URL": f"{weather}/weather"}
    with (
        django_db_blocker.unblock(),
        served("test_inside", logs=logs, prepare=fill, variables=exits) as site,
    ):
        yield site
    regions.forget()


@pytest.fixture(params=browsers.KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return browsers.need(request.param)


def comes_in_and_reads(browser: browsers.Browser, site: Site, weather: str) -> None:
    """From the weather to her page in her own words."""
    browser.goes(f"{weather}/before")
    browser.goes(f"{site.youth}/n/")
    browser.types("main [name=code]", CODE)
    browser.types("main [name=pin]", PIN)
    browser.taps("main [type=submit]")  # each on a page that has come whole
    assert browsers.until(lambda: browser.url() == f"{site.youth}/n/1/"), browser.shown()
    browser.taps("main a[href='/n/5/']")
    assert browsers.until(lambda: HERS in browser.shown()), browser.shown()


def words_met(browser: browsers.Browser) -> list[str]:
    said = f"{browser.shown()} {browser.url()}".casefold()
    return [word for word in SENSITIVE if word.casefold() in said]


def leaves(browser: browsers.Browser, weather: str) -> None:
    browser.presses(".exit-button")
    assert browsers.until(lambda: browser.url() == f"{weather}/weather"), browser.url()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_nothing_of_her_notebook_is_behind_the_back_button(
    kind: str, site: Site, weather: str, script: bool
) -> None:
    """Without script too: each page asks the server again, which refuses."""
    with browsers.opened(kind, script=script) as browser:
        comes_in_and_reads(browser, site, weather)
        leaves(browser, weather)

        found = [words_met(browser)]
        for _press in range(BACKS):
            browser.goes_back()
            time.sleep(0.4)
            found.append(words_met(browser))

        how = kind if script else f"{kind}, no script"
        met = f"{sum(map(len, found))} words over {BACKS} presses of Back"
        tell(f"way out of her notebook, {how}", met, "0 words")
        youth_report.keep(presses=BACKS, words=sum(map(len, found)))
        assert found == [[]] * (BACKS + 1)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_nothing_is_kept_in_the_browser_once_she_has_left(
    kind: str, site: Site, weather: str, script: bool
) -> None:
    with browsers.opened(kind, script=script) as browser:
        comes_in_and_reads(browser, site, weather)
        inside = browser.keeps()
        leaves(browser, weather)
        browser.goes(f"{site.youth}/lines/")

        kept = browser.keeps()

    how = kind if script else f"{kind}, no script"
    tell(f"left in the browser, {how}", f"{sum(kept.values())} entries: {kept}", "0 entries")
    youth_report.keep(entries=sum(kept.values()))
    assert inside["cookies"] == 1, "the search must see her cookie while she is inside"
    assert kept == dict.fromkeys(kept, 0)


def test_her_notebook_is_blank_at_once_however_slow_the_network(
    kind: str, site: Site, weather: str
) -> None:
    waits = []
    with line_to(site) as line:
        for _time in range(3):
            with browsers.opened(kind) as browser:
                comes_in_and_reads(browser, line.site, weather)
                waits.append(blank_after(browser, line))
    worst = max(waits) * 1000
    tell(f"way out of her notebook, {kind}", f"blank after {worst:.0f} ms", "< 300 ms")
    youth_report.keep(blank=worst)
    assert max(waits) < BLANK_WITHIN
