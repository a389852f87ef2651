"""Does a colleague answer for another, and is somebody who says her word known, end to end?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.participants import queries as participants
from spheres.participants.models import CodeWord
from spheres.vault import actions as vault
from tests.cast import acting
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name="Maya") as one:
        yield one


def fills_day(story: Story, person: str, name: str, ahead: int) -> None:
    day = clock.today() + timedelta(days=ahead)
    page = story.screen_of(person)
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def sends(story: Story, person: str) -> None:
    page = story.screen_of(person)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


def test_she_is_away_and_a_colleague_answers_until_she_is_back(story: Story) -> None:
    cast, file = story.cast, f"/files/{story.cast.maya.file_id}/"
    story.signs_in("Inès")
    story.go("Inès", "/week/")
    story.reads_clearly("Inès")
    page = story.screen_of("Inès")
    page.locator("main a[href='/absences/']").click()
    story.reads_clearly("Inès")
    page.locator("main a[href='/absences/new/']").click()
    story.reads_clearly("Inès")

    # A slip is said, and what was typed stays.
    fills_day(story, "Inès", "from_day", 0)
    fills_day(story, "Inès", "until_day", -1)
    page.locator("[name=from_hour]").fill("0:01")
    page.locator("[name=user]").select_option(str(cast.yanick.user_id))
    sends(story, "Inès")
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=from_hour]")).to_have_value("0:01")
    story.reads_clearly("Inès")

    fills_day(story, "Inès", "until_day", 3)
    sends(story, "Inès")
    story.is_on("Inès", "/absences/")
    expect(page.locator("main")).to_contain_text("Yanick")
    story.reads_clearly("Inès")

    story.signs_in("Yanick")
    his = story.screen_of("Yanick")
    expect(his.locator("main")).not_to_contain_text("Maya")
    his.locator("main a[href='/absences/people/']").click()
    story.reads_clearly("Yanick")
    his.locator("main a", has_text="Maya").click()
    story.is_on("Yanick", file)
    expect(his.locator("main")).to_contain_text("signer « Café »")
    expect(his.locator("main")).not_to_contain_text("J’ai dormi.")
    story.reads_clearly("Yanick")
    his.locator("main a[href$='/notes/new/']").click()
    his.get_by_label(story.words("observation")).fill(f"Un appel, {story.language}.")
    story.press("Yanick", "sign")
    story.is_on("Yanick", file)
    expect(his.locator("main")).not_to_contain_text("Un appel")

    story.go("Inès", file)
    expect(page.locator("main")).to_contain_text(f"Un appel, {story.language}.")
    story.go("Inès", "/absences/")
    sends(story, "Inès")  # back earlier
    assert story.go("Yanick", file).status == 404
    story.go("Yanick", "/")
    expect(his.locator("main a[href='/absences/people/']")).to_have_count(0)


def test_she_says_her_word_and_tells_nothing_again(story: Story) -> None:
    cast, word = story.cast, f"érable {story.language} {story.size['width']}"
    with story.site.at_home(), acting(cast.ines, clock.now()):
        row = CodeWord(
            id=uuid4(), file_id=cast.maya.file_id, written_by=cast.ines.user_id,
            written_at=clock.now(), digest=participants.code_word_digest(word), key_file="journey",
        )  # fmt: skip
        vault.lock(row, word=word)
        CodeWord.objects.bulk_create([row])
    story.signs_in("Yanick")
    his = story.screen_of("Yanick")
    story.go("Yanick", "/people/")
    his.locator("main details summary").first.click()  # the other ways are folded
    his.locator("main a[href='/code-word/']").click()
    story.reads_clearly("Yanick")

    his.locator("[name=word]").fill("bouleau")
    sends(story, "Yanick")
    expect(his.locator(".error-summary")).to_be_visible()
    story.reads_clearly("Yanick")
    his.locator("[name=word]").fill(word.upper().replace("É", "E"))
    sends(story, "Yanick")

    expect(his).to_have_url(re.compile("/code-word/[-0-9a-f]{36}/$"))
    expect(his.locator("main")).to_contain_text("signer « Café »")
    expect(his.locator("main")).to_contain_text("Inès")
    expect(his.locator("main")).not_to_contain_text("Maya")
    assert "Maya" not in his.title() + his.url
    story.reads_clearly("Yanick")

    story.signs_in("Inès")
    expect(story.screen_of("Inès").locator("main")).to_contain_text("Yanick")
    story.go("Inès", f"/files/{cast.maya.file_id}/who/")
    heard = "a entendu ton mot convenu" if story.language == "fr" else "heard your code word"
    expect(story.screen_of("Inès").locator("main")).to_contain_text(heard)
