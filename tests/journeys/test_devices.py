"""A telephone is lost: does it show nothing at its next press; is nobody called on the other's?

SC-14 of the scenarios, its side of devices.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.followup.admission import actions as admission
from tests.cast import MONDAY, Cast, acting, refer, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.server import FLAGS, window
from tests.journeys.story import Story, entrust_to_ines, told

pytestmark = pytest.mark.browser

WORDS = {
    "fr": {
        "remove": "Retirer",
        "this_one": "celui-ci",
        "removed": "C’est retiré",
        "since": "pas sécuritaire depuis",
        "keep": "Garder",
    },
    "en": {
        "remove": "Remove",
        "this_one": "this one",
        "removed": "It is removed",
        "since": "not safe since",
        "keep": "Keep it",
    },
}
WRITTEN = "Elle a choisi une chanson."


@pytest.fixture(scope="module")
def chromium(_one_chromium: Browser) -> Iterator[Browser]:
    """A browser that may keep pages for Back: the driver forbids it unless it is told not to."""
    browser = _one_chromium.browser_type.launch(
        executable_path=os.environ["SPHERES_CHROMIUM"],
        args=FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    name = f"Lou {way.number}"
    with told(*world[:1], chromium, world[1], way.language, way.size, name=name) as one:
        yield one


def entrust_to_samir(name: str, cast: Cast) -> UUID:
    """Somebody he accompanies: what his telephone could show."""
    file_id, offer_id = refer(name, desk=cast.institute.id), uuid_of(f"offer of {name}")
    to = cast.samir.user_id
    with acting(cast.louise):
        admission.offer(file_id, to=to, offer_id=offer_id, by=cast.louise, at=MONDAY)
    with acting(cast.samir):
        admission.accept(offer_id, desk=cast.institute.id, by=cast.samir, at=MONDAY)
        admission.meet(file_id, by=cast.samir, at=MONDAY)
    return file_id


def comes_in(page: Page, story: Story, person: str) -> None:
    page.goto(f"{story.site.staff}/sign-in/")
    page.locator(".door-person", has=page.locator(f"strong:text-is('{person}')")).click()
    expect(page).not_to_have_url(re.compile("/sign-in/"))


def test_samir_s_lost_phone_shows_nothing_at_its_next_press(story: Story) -> None:
    words = WORDS[story.language]
    with story.site.at_home():
        file_id = entrust_to_samir(story.name, story.cast)
    lost = window(story.browser, language=story.language, size=story.size, site=story.site)
    phone = lost.new_page()
    comes_in(phone, story, "Samir")
    phone.goto(f"{story.site.staff}/files/{file_id}/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text(story.name)
    phone.get_by_role("link", name=story.words("note"), exact=True).first.click()
    phone.get_by_label(story.words("observation")).fill(WRITTEN)
    phone.locator("[name=support]").focus()
    expect(phone.locator("[data-spheres-save-state]")).to_contain_text(story.words("saved"))

    story.signs_in("Samir")
    story.go("Samir", "/account/devices/")
    story.reads_clearly("Samir")
    desk = story.screen_of("Samir")
    devices = desk.locator("main .kept > li")
    expect(devices).to_have_count(2)
    other = devices.filter(has_not_text=words["this_one"])
    other.get_by_role("button", name=words["remove"], exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(words["removed"])
    story.reads_clearly("Samir")

    # In the metro, somebody presses.
    phone.locator("a[href='/']").first.click()
    expect(phone).to_have_url(re.compile("/sign-in/"))
    for _ in range(3):
        assert WRITTEN not in phone.content()
        assert story.name not in phone.locator("main").inner_text()
        phone.go_back()
        expect(phone).to_have_url(re.compile("/sign-in/"))

    # And nothing of his is lost.
    story.go("Samir", "/")
    desk.locator(".line", has_text=story.name).get_by_role(
        "link", name=story.words("go_on")
    ).first.click()
    expect(desk.get_by_label(story.words("observation"))).to_have_value(WRITTEN)
    lost.close()


def test_her_phone_is_lost_and_every_page_about_her_says_so(story: Story) -> None:
    words, story.name = WORDS[story.language], story.name.replace("Lou", "Noor")
    with story.site.at_home():
        file_id = entrust_to_ines(story.name, age_band="14-17", cast=story.cast)
    reaching = f"/files/{file_id}/reaching/"
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    story.go("Inès", reaching)
    page.locator(f"main form[action='{reaching}not-safe/'] button").click()
    expect(page.locator("main .contact-stop").first).to_contain_text(words["since"])

    story.go("Inès", f"{reaching}change/")
    page.locator("[name=code_word]").fill(f"érable {story.name}")
    page.get_by_role("button", name=words["keep"], exact=True).click()
    story.is_on("Inès", reaching)

    for path in (
        f"/files/{file_id}/", reaching, f"{reaching}change/", f"{reaching}text/",
        f"/files/{file_id}/notes/new/", f"/files/{file_id}/urgent_needs/new/", "/people/",
    ):  # fmt: skip
        story.go("Inès", path)
        mark = page.locator("main .contact-stop")
        if path == "/people/":
            mark = page.locator("main li", has_text=story.name).locator(".contact-stop")
        expect(mark.first).to_contain_text(words["since"])
        story.reads_clearly("Inès")
