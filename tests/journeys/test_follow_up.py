"""Does a referral become a follow-up with its first note, and does nobody else see it?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.core import clock
from tests.journeys.conftest import Way
from tests.journeys.server import PHONE
from tests.journeys.story import HER_WORDS, Story, entrust_to_ines, told
from tests.proofs.figures import tell

pytestmark = pytest.mark.browser

SENTENCE = "Elle a mangé avec nous et elle a parlé de basket."
MOST_TAPS = 5
SOON = 30  # seconds from the door to the note, of pages alone, on a loaded machine


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"Lou {uuid4().hex[:4]}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def test_a_referral_becomes_a_follow_up_with_its_first_note(story: Story) -> None:
    story.a_referrer_writes("Mireille Fortin")
    story.louise_reads_it_at_the_desk()
    story.louise_offers_it_to_ines()
    story.ines_accepts_from_her_day()
    they_agree_how_to_reach_her(story)
    ines_prepares_the_line_they_agreed_on(story)
    story.ines_notes_that_they_were_in_contact()
    they_plan_to_meet(story)
    story.they_have_the_admission_conversation()
    story.ines_begins_a_note_and_leaves_the_page()
    story.her_draft_is_waiting_on_her_day()
    story.she_signs_it()
    story.they_see_who_may_open_the_file_and_who_did()
    story.signs_in("Samir")
    story.answers_as_for_an_unknown_file("Samir", story.files[story.name])


def they_agree_how_to_reach_her(story: Story) -> None:
    """Text only, at any time, signed «Café», one line of the region's; confirmed that day."""
    file = f"/files/{story.files[story.name]}/reaching/"
    story.go("Inès", f"{file}change/")
    story.reads_clearly("Inès")
    page = story.screen_of("Inès")
    page.locator("[name=channel][value=text]").check()
    page.locator("[name=when][value=any]").check()
    page.locator("[name=lines][value=coffee]").check()
    page.locator("[name=words]").fill("")
    page.locator("[name=sender]").fill("Café")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    if page.locator("[name=looked_again]").count():  # what she said before is looked at again
        page.locator("[name=looked_again]").check()
        with page.expect_navigation():
            page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", file)
    story.reads_clearly("Inès")


def ines_prepares_the_line_they_agreed_on(story: Story) -> None:
    """Copied by hand: the software sends nothing, and says no name but the one agreed on."""
    story.go("Inès", f"/files/{story.files[story.name]}/reaching/text/")
    page = story.screen_of("Inès")
    story.reads_clearly("Inès")
    page.locator("[name=line]").first.check()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    said = page.locator("main blockquote").inner_text()
    assert said == "Un café bientôt? Café"
    story.reads_clearly("Inès")
    story.go("Inès", f"/files/{story.files[story.name]}/")


def they_plan_to_meet(story: Story) -> None:
    file = f"/files/{story.files[story.name]}/"
    story.go("Inès", f"{file}meetings/new/")
    page = story.screen_of("Inès")
    soon = clock.now().astimezone(ZoneInfo("America/Toronto")) + timedelta(minutes=90)
    for part, value in (("day", soon.day), ("month", soon.month), ("year", soon.year)):
        page.locator(f"[name=day_{part}]").fill(str(value))
    page.locator("[name=hour]").fill(f"{soon:%H:%M}")
    story.reads_clearly("Inès")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    story.reads_clearly("Inès")
    story.go("Inès", file)
    expect(page.locator("main a[href*='/meetings/']").first).to_be_visible()


def test_two_referrers_of_one_person_learn_nothing_of_each_other(story: Story) -> None:
    story.a_referrer_writes("Rita Calloway", chosen_name="Kim", language="en")
    story.a_referrer_writes("Joanne Fox", chosen_name="Kimberly", language="en")

    assert story.numbers["Rita Calloway"] != story.numbers["Joanne Fox"]
    story.a_referrer_reads_nothing_of(
        "Joanne Fox", "Kim", "Rita", "Calloway", story.numbers["Rita Calloway"]
    )
    story.a_referrer_reads_nothing_of(
        "Rita Calloway", "Kim", "Joanne", "Fox", story.numbers["Joanne Fox"]
    )


@pytest.mark.parametrize("agreed", ["tutor", "exception"])
def test_under_fourteen_another_agrees_or_an_exception_is_said(story: Story, agreed: str) -> None:
    with story.site.at_home():
        story.files[story.name] = entrust_to_ines(story.name, age_band="12-13", cast=story.cast)
    story.signs_in("Inès")
    story.go("Inès", f"/files/{story.files[story.name]}/")
    story.ines_opens_the_conversation()
    page = story.screen_of("Inès")
    page.locator("[name=her_words]").fill(HER_WORDS)
    page.locator("[name=card][value=READ]").check()
    page.locator("[name=recognition][value=now]").check()

    story.agreement_is_given_by("herself")
    story.the_page_refuses_with("under_14")
    story.agreement_is_given_by(agreed)
    if agreed == "exception":
        story.the_page_refuses_with("which_exception")
        page.locator("[name=exception]").select_option("clear_benefit")
        story.agreement_is_given_by(agreed)

    story.the_follow_up_opens()


def test_the_police_partner_finds_no_way_to_anybody(story: Story) -> None:
    maya: UUID = story.cast.maya.file_id
    story.signs_in("Roy")
    story.no_way_leads("Roy", "/people/", "/desk/", "/contact/")
    story.is_refused("Roy", "/people/", "/desk/", "/contact/", f"/desk/{maya}/")
    story.answers_as_for_an_unknown_file("Roy", maya)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_the_door_to_a_street_contact_in_five_taps_and_one_sentence(
    world, chromium: Browser, language: str
) -> None:
    site, cast = world
    with told(site, chromium, cast, language, PHONE) as story:
        page, taps = story.screen_of("Inès"), list[str]()
        story.go("Inès", "/sign-in/")
        count_taps(page, taps)
        began = time.monotonic()

        page.locator(".door-person", has=page.locator("strong:text-is('Inès')")).click()
        page.get_by_role("link", name=story.words("note"), exact=True).click()
        page.get_by_role("link", name="Maya", exact=True).click()
        page.locator("label", has=page.locator("[name=kind][value=outreach]")).click()
        page.get_by_label(story.words("observation")).click()
        page.keyboard.type(SENTENCE)
        page.get_by_role("button", name=story.words("sign"), exact=True).click()

        story.is_on("Inès", f"/files/{cast.maya.file_id}/")
        expect(page.locator("main")).to_contain_text(SENTENCE)
        seconds = time.monotonic() - began
        tell("street contact", f"{len(taps) - 1} taps, {seconds:.1f} s of pages", "5 taps")
        assert len(taps) <= 1 + MOST_TAPS, taps
        assert seconds < SOON


def count_taps(page: Page, taps: list[str]) -> None:
    """Every press of a finger, told by the browser itself on each page that follows."""
    page.expose_function("tapped", lambda target: taps.append(target))
    page.add_init_script(
        "addEventListener('pointerdown', event => tapped(event.target.tagName), true)"
    )
    page.reload()
