"""Can everybody read what a page of privacy, of danger or of worrying situations answers when
nothing, or nonsense, is typed?

Each form of each page is sent past what the browser would hold back: empty, and with absurd values
by the proofs. What is refused is read as the page itself is; what may be empty is named here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page

from spheres.regions import queries as regions
from tests.journeys.conftest import Way
from tests.journeys.duties import Duties, Shown, filled, walked
from tests.journeys.on_duty import comes_in, in_the_way, of_each, opens
from tests.journeys.server import Site, served
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
REFUSED, TAKEN = 422, 200
# The forms of a page in which something is typed or chosen; one is pressed without a word to type.
ASKING = """() => [...document.querySelectorAll("main form[method=post]")].map((form, number) =>
    [...form.elements].some(one => one.matches(
        "input:not([type=hidden]):not([type=submit]), select, textarea")) ? number : -1)
    .filter(number => number >= 0)"""
SENT = """([number, words]) => {
    const form = document.querySelectorAll("main form[method=post]")[number];
    for (const one of form.elements) {
        if (one.matches("[type=hidden], [type=submit], button, fieldset, output")) continue;
        if (one.matches("[type=radio], [type=checkbox]")) one.checked = false;
        else if (one.matches("select")) one.selectedIndex = -1;
        else if (one.matches("[type=file]")) one.value = "";
        else { one.type = "text"; one.value = words; }
    }
    HTMLFormElement.prototype.submit.call(form);
}"""
# Where nothing has to be typed or chosen.
MAY_BE_EMPTY = {
    "danger:detail", "danger:directive", "danger:review", "incidents:concerned",
    "worrying:detail", "worrying:review", "worrying:together",
}  # fmt: skip
WORDS = {"nothing": "", "nonsense": "99999 \u202e<b>Ω" * 400}


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[tuple[Site, Duties, dict[str, Shown]]]:
    made: list[Duties] = []
    logs = tmp_path_factory.mktemp("refused")
    with (
        django_db_blocker.unblock(),
        served("test_refused", logs=logs, prepare=lambda: made.append(filled())) as site,
    ):
        with site.looked_at():
            found, _missed = walked(made[0])
        yield site, made[0], found
    regions.forget()


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, duties, _found = world
    with told(site, chromium, duties.cast, way.language, way.size) as one:
        yield one


def sends(page: Page, number: int, words: str) -> int:
    """What the form is answered with, once the answer is shown."""
    with page.expect_navigation() as answered:
        page.evaluate(SENT, [number, words])
    return answered.value.status


@pytest.mark.parametrize("said", ["nothing", pytest.param("nonsense", marks=pytest.mark.proof)])
def test_what_is_refused_is_read_by_everybody(story: Story, world, said: str) -> None:
    wrong, refused = [], 0
    for who, mine in of_each(world[2]).items():
        comes_in(story, world[1], who)
        for one in mine:
            page = opens(story, who, one.path)
            for number in page.evaluate(ASKING):
                page = opens(story, who, one.path)
                if number not in page.evaluate(ASKING):
                    continue  # it was taken a moment ago, and is asked no more
                status = sends(page, number, WORDS[said])
                if status == REFUSED:
                    refused += 1
                    wrong += [(who, one.path, found) for found in in_the_way(story, page)]
                elif (status, resolve(one.path).view_name in MAY_BE_EMPTY) != (TAKEN, True):
                    wrong.append((who, one.path, status))
    assert wrong == []
    assert refused > 40
