"""What do all journeys share: a browser for each module, and four ways to look at a page?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from tests.journeys.server import DESK, PHONE, browsing


class Way(NamedTuple):
    """One language on one size of screen; `number` tells the four stories of a module apart."""

    number: int
    language: str
    size: dict[str, int]


# The longest labels on the smallest screen, and the other of each; all four are the proofs'.
WAYS = [Way(0, "fr", PHONE), Way(1, "en", DESK)]
CROSSED = [Way(2, "en", PHONE), Way(3, "fr", DESK)]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browsing() as browser:
        yield browser


@pytest.fixture(
    params=[*WAYS, *(pytest.param(way, marks=pytest.mark.proof) for way in CROSSED)],
    ids=lambda way: f"{way.language}-{way.size['width']}",
)
def way(request: pytest.FixtureRequest) -> Way:
    """French and English, a phone and a desk."""
    found: Way = request.param
    return found
