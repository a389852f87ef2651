"""What do all journeys share: a browser, and four ways to look at a page?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from zlib import crc32

import pytest
from playwright.sync_api import Browser

from spheres.regions import queries as regions
from tests.cast import Gathered
from tests.journeys.server import DESK, PHONE, Site, browsing, served
from tests.proofs import figures


class Way(NamedTuple):
    """One language on one size of screen; `number` tells the four stories of a module apart."""

    number: int
    language: str
    size: dict[str, int]


# The longest labels on the smallest screen, and the other of each.
DAILY = [Way(0, "fr", PHONE), Way(1, "en", DESK)]
WAYS = [*DAILY, Way(2, "en", PHONE), Way(3, "fr", DESK)]


@pytest.fixture(scope="package")
def _one_chromium() -> Iterator[Browser]:
    """Started once for all the journeys of a run, which has nothing else to do meanwhile."""
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def chromium(_one_chromium: Browser) -> Iterator[Browser]:
    """Without any window of another module, whatever that one left open."""
    yield _one_chromium
    for opened in _one_chromium.contexts:
        opened.close()


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest,
    gathered: Gathered,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Site, Any]]:
    """The site with the cast in it, and the cast, or what the module makes of it (`arranged`).

    Of this journey alone: nobody else sees what it writes.
    """
    name = request.module.__name__.rpartition(".")[2]
    arranged = getattr(request.module, "arranged", lambda cast: cast)
    held: list[Any] = []
    with (
        django_db_blocker.unblock(),
        served(
            name,
            logs=tmp_path_factory.mktemp(name),
            template=gathered.database,
            prepare=lambda: held.append(arranged(gathered.lend())),
        ) as site,
    ):
        yield site, held[0]
    regions.forget()


def daily_way(nodeid: str) -> Way:
    """Each story is told in one of two ways every day, by its name; in all four by the proofs."""
    return DAILY[crc32(nodeid.encode()) % len(DAILY)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "way" in metafunc.fixturenames:
        daily = daily_way(metafunc.definition.nodeid)
        told = [pytest.param(way, marks=() if way is daily else pytest.mark.proof) for way in WAYS]
        names = [f"{way.language}-{way.size['width']}" for way in WAYS]
        metafunc.parametrize("way", told, ids=names, indirect=True)


@pytest.fixture
def way(request: pytest.FixtureRequest) -> Way:
    """French and English, a phone and a desk."""
    found: Way = request.param
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for figure in figures.told():
        terminalreporter.write_line(figure)
