"""From her own first word to a notebook of her own: is she met, heard, and gone without a trace?

Nothing is made for her beforehand: each step is pressed on its page, by her or beside her.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.public.tests.letters import SELF
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told
from tests.journeys.test_my_say import presses as sends_by_keyboard
from tests.journeys.test_my_say import types_her_pin
from tests.journeys.test_notebook import (
    HERS,
    comes_in_by_keyboard,
    moves_to,
    nothing_stays,
    opens_it_beside_her,
    opens_page,
    presses,
    reads_on_a_telephone,
    telephone,
    types_a_page_by_keyboard,
)
from tests.journeys.test_referral import number_on, send, write

pytestmark = pytest.mark.browser

FILLED_IN, DREAM = "Ça allait, dans l’autobus.", "Revoir la mer."
NUMBERS = count(1)


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    name = f"Sacha {way.number} {next(NUMBERS)}"
    with told(*world[:1], chromium, world[1], way.language, way.size, name=name) as one:
        yield one


def refers_herself(page: Page, story: Story) -> str:
    """From the first page, on her own telephone; a number to come back with."""
    page.goto(story.site.youth)
    reads_on_a_telephone(page)
    page.locator("main a[href='/for-me/']").first.click()
    reads_on_a_telephone(page)
    write(page, SELF | {"chosen_name": story.name})
    send(page, story.language)
    expect(page.locator("output").first).to_be_visible()
    reads_on_a_telephone(page)
    return number_on(page)


def the_desk_assigns(story: Story, number: str) -> UUID:
    """Louise reads what she wrote, and offers it to Inès."""
    story.signs_in("Louise")
    page = story.screen_of("Louise")
    page.locator(f".line:has(> p:nth-of-type(2):has-text('{number}')) a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(story.name)
    expect(page.locator("main")).to_contain_text(SELF["wish"])
    story.reads_clearly("Louise")
    file_id = story.files[story.name] = UUID(page.url.rstrip("/").rpartition("/")[2])
    story.louise_offers_it_to_ines()
    return file_id


def is_met(story: Story) -> None:
    """Inès takes it on, they are in contact, and have the conversation that opens the follow-up."""
    story.ines_accepts_from_her_day()
    story.ines_notes_that_they_were_in_contact()
    story.they_have_the_admission_conversation()


def how_to_reach_her_is_talked_over(story: Story, file_id: UUID) -> None:
    """Before it, no notebook opens; each line is gone through with her, and she confirms it."""
    page, here = story.screen_of("Inès"), f"/files/{file_id}/reaching/"
    story.go("Inès", f"/files/{file_id}/notebook/")
    expect(page.locator("[name=level]")).to_have_count(0)
    story.reads_clearly("Inès")
    page.locator(f"main a[href='{here}']").last.click()
    story.reads_clearly("Inès")
    page.locator(f"main a[href='{here}change/']").first.click()
    story.reads_clearly("Inès")
    page.locator("[name=words]").fill("Un café cette semaine?")  # a number does not stay in a line
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", here)
    story.reads_clearly("Inès")


def she_shares(story: Story, file_id: UUID) -> None:
    """With one partner, one part, for one purpose, said on this screen."""
    page, here = story.screen_of("Inès"), f"/files/{file_id}/sharing/"
    story.go("Inès", f"{here}new/")
    page.locator("[name=to]").select_option(str(story.cast.elsewhere.pk))
    page.locator("[name=sections][value=summary]").check()
    page.locator("[name=purpose][value=coordination]").check()
    page.locator("[name=given_by][value=HERSELF]").check()
    page.locator("[name=form][value=ON_SCREEN]").check()
    page.locator("button[name=step][value=preview]").click()
    expect(page.locator("button[name=step][value=confirm]")).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("button[name=step][value=confirm]").click()
    story.is_on("Inès", here)


def writes(page: Page, story: Story) -> None:
    """A dream, an exercise that she reads again, and two pages for herself, of which one given."""
    moves_to(page, story, "/n/6/")
    page.locator("[name=line]").last.fill(DREAM)
    page.locator("form[action='/n/7/'] button").click()
    expect(page.locator("main")).to_contain_text(DREAM)
    page.locator("main a[href^='/n/10/']").first.click()
    expect(page).to_have_url(re.compile("/n/10/"))
    page.locator("[name=her_words]").fill(FILLED_IN)
    reads_on_a_telephone(page)
    page.locator("main form button[type=submit]").last.click()
    expect(page).to_have_url(re.compile("/n/6/$"))
    moves_to(page, story, "/n/5/")
    page.locator("main summary").first.click()
    expect(page.locator("main details").first).to_contain_text(FILLED_IN)
    reads_on_a_telephone(page)

    moves_to(page, story, "/n/61/")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("[name=title]")).to_be_visible()
    types_a_page_by_keyboard(page, "Mes colères", "Je les garde ici.")
    moves_to(page, story, "/n/62/")
    types_a_page_by_keyboard(page, "Pour Inès", HERS)


def gives_a_page(page: Page, story: Story) -> None:
    opens_page(page, story, "Pour Inès")
    presses(page, "/n/66/")


def takes_back_and_reads_who_opened(page: Page, story: Story) -> None:
    """Behind her PIN, typed again: what she shares ends; then who opened her file."""
    moves_to(page, story, "/n/44/")
    types_her_pin(page)
    expect(page.locator("main")).to_contain_text(story.cast.elsewhere.name)
    page.locator("[name=which]").focus()
    page.keyboard.press("Space")
    sends_by_keyboard(page, "button[value=some]")
    expect(page.locator("[name=which]")).to_have_count(0)
    reads_on_a_telephone(page)
    sends_by_keyboard(page, "form[action='/n/42/'] button")
    expect(page.locator("main")).to_contain_text("Inès")
    expect(page.locator("main")).to_contain_text("Louise")
    reads_on_a_telephone(page)


def her_worker_reads_what_is_hers_to_read(story: Story, file_id: UUID) -> None:
    """What she took back, and the page that she gave; never the one that she kept."""
    story.go("Inès", f"/files/{file_id}/notebook/asked/")
    page = story.screen_of("Inès")
    expect(page.locator("main .card")).not_to_have_count(1)
    story.reads_clearly("Inès")
    story.go("Inès", f"/files/{file_id}/")
    expect(page.locator("main")).to_contain_text("Pour Inès")
    expect(page.locator("main")).not_to_contain_text("Mes colères")


def test_she_asks_is_met_writes_takes_back_and_goes_out(story: Story, chromium: Browser) -> None:
    opened, page = telephone(story, chromium, story.size)

    number = refers_herself(page, story)
    file_id = the_desk_assigns(story, number)
    is_met(story)
    how_to_reach_her_is_talked_over(story, file_id)
    she_shares(story, file_id)
    code = opens_it_beside_her(story, file_id, "words", "plan", "say")

    comes_in_by_keyboard(page, story, code)
    reads_on_a_telephone(page)
    writes(page, story)
    gives_a_page(page, story)
    takes_back_and_reads_who_opened(page, story)
    page.locator("[data-spheres-exit]").click()
    page.wait_for_url(re.compile("^https://"))
    nothing_stays(opened, page, story)
    opened.close()

    her_worker_reads_what_is_hers_to_read(story, file_id)
