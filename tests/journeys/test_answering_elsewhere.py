"""Does somebody of a partner answer while her worker is away, for whoever agreed, and no longer?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from tests.cast import follow
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Anaïs {way.number}") as one:
        yield one


def fills_day(story: Story, name: str, ahead: int) -> None:
    day = clock.today() + timedelta(days=ahead)
    page = story.screen_of("Inès")
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def test_away_answered_by_a_partner_for_whoever_agreed_until_she_is_back(story: Story) -> None:
    cast = story.cast
    with story.site.at_home():
        who = follow(story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    here = f"/files/{who.file_id}/"
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    # Away for three days: nobody here can answer, somebody of a partner may.
    story.go("Inès", "/absences/new/")
    story.reads_clearly("Inès")
    fills_day(story, "from_day", 0)
    fills_day(story, "until_day", 3)
    page.locator("[name=from_hour]").fill("0:01")
    there = f"{cast.elsewhere.pk}/{cast.samir.user_id}"
    page.locator("[name=user]").select_option(there)
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main .lines")).to_contain_text(story.name)
    story.reads_clearly("Inès")

    # Named, he reads nobody; asked about Maya, she needs nobody to answer.
    story.signs_in("Samir")
    theirs = story.screen_of("Samir")
    expect(theirs.locator("main")).to_contain_text("Inès")
    expect(theirs.locator("main")).not_to_contain_text(story.name)
    story.reads_clearly("Samir")
    maya = f"main form[action*='{cast.maya.file_id}'] button"
    page.locator(maya).click()
    expect(page.locator(maya)).to_have_count(0)

    # The other agrees, to be reached alone, once she has seen what will be seen.
    page.locator(f"main a[href^='{here}sharing/absences/']").click()
    story.reads_clearly("Inès")
    page.locator("button[name=step][value=preview]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("[name=sections][value=contact]").check()
    page.locator("[name=given_by][value=HERSELF]").check()
    page.locator("[name=form][value=ON_SCREEN]").check()
    page.locator("button[name=step][value=preview]").click()
    expect(page.locator("main")).to_contain_text("signer « Café »")
    story.reads_clearly("Inès")
    page.locator("button[name=step][value=confirm]").click()
    expect(page.locator(f"main a[href='{here}sharing/']")).to_be_visible()
    story.reads_clearly("Inès")

    # He reads her way to be reached, on the pages of what is shared; her file is not there.
    story.go("Samir", "/sharing/")
    story.reads_clearly("Samir")
    theirs.locator("main a", has_text=story.name).click()
    expect(theirs.locator("main")).to_contain_text("signer « Café »")
    expect(theirs.locator("main")).not_to_contain_text("J’ai dormi.")
    story.reads_clearly("Samir")
    address = theirs.url.partition("/sharing/")[2]
    assert story.go("Samir", here).status == 404
    story.go("Inès", f"{here}sharing/")
    story.reads_clearly("Inès")

    # Back earlier: nothing is left to take back, and nothing is read there.
    story.go("Inès", "/absences/")
    story.reads_clearly("Inès")
    page.locator("main form[action$='/end/'] button").click()
    story.is_on("Inès", "/absences/")
    assert story.go("Samir", f"/sharing/{address}").status == 404
    story.go("Inès", f"{here}sharing/")
    expect(page.locator(f"main a[href^='{here}sharing/back/']")).to_have_count(0)
    story.reads_clearly("Inès")
