"""Does she look, take back and ask from her telephone, by keyboard alone, and go out?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.core import clock
from spheres.followup.consents import actions as consents
from spheres.participants import queries as participants
from spheres.portal.notebook import actions as notebook
from spheres.portal.notebook import queries
from spheres.portal.notebook.actions import Asked
from spheres.vault import actions as vault
from tests.cast import acting
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told
from tests.journeys.test_notebook import (
    PIN,
    comes_in_by_keyboard,
    followed,
    nothing_stays,
    opened_beside_her,
    reads_on_a_telephone,
    telephone,
)

pytestmark = pytest.mark.browser

SAY = frozenset({"say"})


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    name = f"Alix {way.number}"
    with told(*world[:1], chromium, world[1], way.language, way.size, name=name) as one:
        yield one


def opened_and_shared(story: Story, file_id: UUID) -> str:
    """Her notebook opens on who sees her file too, and she shares with a partner."""
    code = opened_beside_her(story, file_id)
    with story.site.at_home():
        at, ines = clock.now(), story.cast.ines
        with acting(ines, at):
            known = participants.known(file_id, actor=ines)
            assert known is not None
            vault.open(known.rows, by=ines)
            person = participants.header_of(known)
            ready = queries.ready(person, known, at=at)
            asked = Asked(uuid4(), "READ", SAY)
            notebook.open_together(file_id, asked, ready=ready, by=ines, at=at)
            given = consents.Given(
                uuid4(), story.cast.elsewhere.pk, ("summary",), "coordination", "HERSELF", "ORAL",
                "fr", "2026-11", clock.day_of(at) + timedelta(days=60), witness="Karim",
            )  # fmt: skip
            consents.give(file_id, given, person=person, by=ines, at=at)
    return code


def types_her_pin(page: Page) -> None:
    """By keyboard; the page that answers is put in place."""
    page.locator("[name=pin]").focus()
    page.keyboard.type(PIN)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    expect(page.locator("[name=pin]")).to_have_count(0)


def presses(page: Page, selector: str) -> None:
    page.locator(selector).focus()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")


def test_she_looks_takes_back_asks_and_goes_out(story: Story, chromium: Browser) -> None:
    file_id = followed(story)
    code = opened_and_shared(story, file_id)
    opened, page = telephone(story, chromium)
    comes_in_by_keyboard(page, story, code)
    for address in ("/n/40/", "/n/45/", "/n/46/5/", "/n/47/", "/n/44/"):
        page.goto(f"{story.site.youth}{address}")
        reads_on_a_telephone(page)

    types_her_pin(page)
    expect(page.locator("main")).to_contain_text(story.cast.elsewhere.name)
    reads_on_a_telephone(page)
    page.locator("[name=which]").focus()
    page.keyboard.press("Space")
    presses(page, "button[value=some]")
    expect(page.locator("[name=which]")).to_have_count(0)
    reads_on_a_telephone(page)

    presses(page, "form[action='/n/42/'] button")
    expect(page.locator("main")).to_contain_text("Inès")
    reads_on_a_telephone(page)
    presses(page, "form[action='/n/41/'] button")
    expect(page.locator("main")).to_contain_text("Inès")
    reads_on_a_telephone(page)

    page.goto(f"{story.site.youth}/n/46/5/")
    page.locator("main form textarea").focus()
    page.keyboard.type("Sans logo.")
    presses(page, "main form button[type=submit]")
    expect(page).to_have_url(re.compile("/n/47/$"))
    expect(page.locator("main")).not_to_contain_text("Sans logo.")
    reads_on_a_telephone(page)

    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_url(re.compile("^https://"))
    nothing_stays(opened, page, story)
    opened.close()

    story.go("Inès", f"/files/{file_id}/notebook/asked/")
    said = story.screen_of("Inès").locator("main")
    expect(said).to_contain_text("Sans logo.")
    story.reads_clearly("Inès")


MINE, DISPUTED, KEEP = "Tout voir.", "Je n’ai pas dit ça.", "Sans logo; je la laisse ici."
ANSWERED = "On regarde ça ensemble jeudi."


def asks_by_keyboard(page: Page, story: Story, number: int, words: str) -> None:
    """One of the things to ask, in her words."""
    page.goto(f"{story.site.youth}/n/46/{number}/")
    page.locator("main form textarea").focus()
    page.keyboard.type(words)
    presses(page, "main form button[type=submit]")
    expect(page).to_have_url(re.compile("/n/47/$"))


def sends(page: Page, selector: str) -> None:
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(selector).first.click()
    page.wait_for_load_state()


def test_she_wants_to_see_her_file_from_her_side(story: Story, chromium: Browser) -> None:
    """SC-08: to read it, a sentence she disputes, a copy kept elsewhere than at home."""
    file_id = followed(story)
    code = opened_and_shared(story, file_id)
    opened, page = telephone(story, chromium)
    comes_in_by_keyboard(page, story, code)
    for number, words in ((4, MINE), (3, DISPUTED), (5, KEEP)):
        asks_by_keyboard(page, story, number, words)
    for words in (MINE, DISPUTED, KEEP):  # not shown back, whoever looks
        expect(page.locator("main")).not_to_contain_text(words)

    # Her worker writes both requests in the register, and answers what she disputes.
    ines = story.screen_of("Inès")
    story.go("Inès", f"/files/{file_id}/notebook/asked/")
    for words in (MINE, DISPUTED, KEEP):
        expect(ines.locator("main")).to_contain_text(words)
    story.reads_clearly("Inès")
    for words in (MINE, KEEP):
        story.go("Inès", f"/files/{file_id}/notebook/asked/")
        card = f".card:has-text('{words}')"
        sends(ines, f"{card} form[action$='/register/'] button[type=submit]")
    story.go("Inès", f"/files/{file_id}/notebook/asked/")
    card = f".card:has-text('{DISPUTED}') form:has([name=ask])"
    ines.locator(f"{card} [name=stands][value=TAKEN_UP]").check()
    ines.locator(f"{card} [name=words]").fill(ANSWERED)
    sends(ines, f"{card} button[type=submit]")
    story.go("Inès", f"/files/{file_id}/access/")
    story.reads_clearly("Inès")

    page.goto(f"{story.site.youth}/n/47/")
    expect(page.locator("main")).to_contain_text(ANSWERED)
    reads_on_a_telephone(page)
    page.goto(f"{story.site.youth}/n/42/")
    types_her_pin(page)
    expect(page.locator("main")).to_contain_text("Inès")
    for address in ("/n/43/", "/n/44/"):
        presses(page, f"form[action='{address}'] button")
        page.emulate_media(forced_colors="active")
        reads_on_a_telephone(page)
        page.emulate_media(forced_colors="none")

    # She shares less of one thing, by keyboard, in one step.
    presses(page, "form:has([name=less]) button")
    expect(page.locator("[name=until][value=tonight]")).to_be_visible()
    reads_on_a_telephone(page)
    page.locator("[name=until][value=tonight]").focus()
    page.keyboard.press("Space")
    presses(page, "form:has([name=until]) button[type=submit]")
    expect(page.locator("[name=until]")).to_have_count(0)
    reads_on_a_telephone(page)
    page.locator("[data-spheres-exit]").click()
    page.wait_for_url(re.compile("^https://"))
    nothing_stays(opened, page, story)
    opened.close()
