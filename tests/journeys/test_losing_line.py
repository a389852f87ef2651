"""On a slow line that loses what it carries, is nothing typed lost, and nothing sent twice?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from spheres.accounts import limits
from spheres.core import clock
from spheres.followup.admission import queries as admission
from spheres.public.tests.letters import SELF
from tests.cast import acting
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told
from tests.journeys.test_notebook import (
    PIN,
    comes_in_by_keyboard,
    followed,
    opened_beside_her,
    reads_on_a_telephone,
    telephone,
)
from tests.journeys.test_referral import write

pytestmark = pytest.mark.browser

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
NUMBERS = count(1)
WORDS = {
    "fr": {
        "lost": "La connexion s’est coupée avant la réponse. Tout ce qui est écrit est encore ici",
        "offline": "Pas envoyé",
        "back": "La connexion est revenue.",
    },
    "en": {
        "lost": "The connection was cut before the answer. Everything typed is still here",
        "offline": "Not sent: there is no connection.",
        "back": "The connection is back.",
    },
}
WORD = "Je viens jeudi, mais pas toute seule."


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    site, cast = world
    with site.at_home():
        for kind in ("referral", "referral_day"):
            limits.forget(kind, "127.0.0.1")
    name = f"Maé {way.number} {next(NUMBERS)}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


@pytest.fixture
def page(story: Story, chromium: Browser) -> Iterator[Page]:
    """Her telephone, at the end of a slow line."""
    opened, page = telephone(story, chromium)
    opened.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    yield page
    opened.close()


def received(request: Request) -> int:
    """The same form, as the browser sends it, reaches the site; what it answers goes no further."""
    address = urlsplit(request.url)
    asked = HTTPConnection("127.0.0.1", address.port, timeout=30)
    headers = request.all_headers() | {"host": address.netloc}
    asked.request("POST", address.path, request.post_data, headers)
    with closing(asked), asked.getresponse() as answer:
        return answer.status


def loses(page: Page, address: str, *, of: str) -> None:
    """The next form sent there is lost on its way, or is received and its answer is lost."""

    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost or route.request.method != "POST":
            route.fallback()
            return
        lost.append(of)
        if of == "answer":
            assert received(route.request) in {200, 302}
        route.abort("connectionreset")

    page.route(address, lose)


def presses(page: Page, form: str) -> None:
    page.locator(f"{form} button[type=submit]").last.click()


def is_told(page: Page, form: str, sentence: str) -> None:
    expect(page.locator(f"{form} [data-spheres-form-state]")).to_contain_text(sentence)
    reads_on_a_telephone(page)


def typed(page: Page) -> dict[str, str]:
    return {name: page.locator(f"main [name={name}]").input_value() for name in HERS}


HERS = [name for name, value in SELF.items() if value and name not in
        {"age_band", "language", "channel", "urgent"}]  # fmt: skip


def at_the_desk(story: Story) -> set[str]:
    with story.site.at_home(), acting(story.cast.louise, clock.now()):
        return {referral.number for referral in admission.referrals(actor=story.cast.louise)}


def test_what_she_writes_for_herself_is_lost_twice_on_the_way_and_arrives_once(
    story: Story, page: Page
) -> None:
    says, before = WORDS[story.language], at_the_desk(story)
    page.goto(f"{story.site.youth}/for-me/")
    write(page, SELF)

    for of in ("request", "answer"):
        loses(page, "**/for-me/", of=of)
        presses(page, "main form")
        is_told(page, "main form", says["lost"])
        assert typed(page) == {name: SELF[name] for name in HERS}
    presses(page, "main form")

    expect(page.locator("output").first).to_be_visible()
    number = page.locator("output").first.inner_text()
    assert at_the_desk(story) - before == {number}


def test_without_a_connection_it_is_said_and_sent_once_it_is_back(story: Story, page: Page) -> None:
    says, before = WORDS[story.language], at_the_desk(story)
    page.goto(f"{story.site.youth}/for-me/")
    write(page, SELF)

    page.context.set_offline(True)
    presses(page, "main form")
    is_told(page, "main form", says["offline"])
    page.context.set_offline(False)
    is_told(page, "main form", says["back"])
    presses(page, "main form")

    expect(page.locator("output").first).to_be_visible()
    assert len(at_the_desk(story) - before) == 1


def test_a_word_of_her_notebook_is_lost_twice_on_the_way_and_left_once(
    story: Story, page: Page
) -> None:
    says, file_id = WORDS[story.language], followed(story)
    code = opened_beside_her(story, file_id)
    page.goto(f"{story.site.youth}/n/")
    page.locator("[name=code]").fill(code)
    page.locator("[name=pin]").fill(PIN)
    loses(page, "**/n/", of="answer")
    presses(page, "main form")
    is_told(page, "main form", says["lost"])
    presses(page, "main form")
    expect(page).to_have_url(re.compile("/n/1/$"))

    page.goto(f"{story.site.youth}/n/11/")
    page.locator("[name=words]").fill(WORD)
    for of in ("request", "answer"):
        loses(page, "**/n/11/", of=of)
        presses(page, "main form")
        is_told(page, "main form", says["lost"])
        assert page.locator("[name=words]").input_value() == WORD
    presses(page, "main form")

    expect(page.locator("main")).to_contain_text(WORD)
    expect(page.locator("[name=words]")).to_have_value("")
    assert page.locator("main").inner_text().count(WORD) == 1


@pytest.mark.parametrize("path", ["/", "/how/", "/for-me/", "/ask/", "/lines/", "/n/"])
def test_a_page_whose_style_and_script_are_lost_is_read_all_the_same(
    story: Story, page: Page, path: str
) -> None:
    page.route(re.compile(r"\.(css|js|svg)$"), lambda route: route.abort("connectionreset"))

    page.goto(f"{story.site.youth}{path}")

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".exit-button")).to_be_visible()


def test_a_form_whose_script_is_lost_is_sent_as_browsers_do(story: Story, page: Page) -> None:
    before = at_the_desk(story)
    page.route(re.compile(r"\.js$"), lambda route: route.abort("connectionreset"))
    page.goto(f"{story.site.youth}/for-me/")
    write(page, SELF)
    presses(page, "main form")

    expect(page.locator("output").first).to_be_visible()
    assert len(at_the_desk(story) - before) == 1


def test_the_notebook_opens_on_a_slow_line_by_keyboard(story: Story, page: Page) -> None:
    code = opened_beside_her(story, followed(story))

    comes_in_by_keyboard(page, story, code)

    reads_on_a_telephone(page)
