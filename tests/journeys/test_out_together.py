"""Do two organisations go out together, each person saying who else knows their name?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from tests.cast import follow
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
NEEDS = "S’asseoir près de la porte."


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Anaïs {way.number}") as one:
        yield one


def puts_on_the_list(story: Story, person: str, name: str) -> None:
    page = story.screen_of(person)
    page.locator("[name=person]").select_option(label=name)
    page.locator("main form[action$='/list/add/'] button").click()
    expect(page.locator("main .lines").first).to_contain_text(name)


def test_each_brings_their_own_and_one_lets_the_other_worker_know_for_that_day(
    story: Story,
) -> None:
    cast, today = story.cast, clock.today()
    theirs_name = f"Kim {story.name[-1]}"
    with story.site.at_home():
        who = follow(story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
        follow(theirs_name, desk=cast.institute.pk, louise=cast.louise, worker=cast.samir)
    for person in ("Inès", "Samir"):
        story.signs_in(person)
    page, theirs = story.screen_of("Inès"), story.screen_of("Samir")

    # Planned for today, and offered together with Ailleurs.
    story.go("Inès", "/activities/new/")
    page.locator("[name=idea]").select_option("sport_climbing")
    for part, value in (("day", today.day), ("month", today.month), ("year", today.year)):
        page.locator(f"[name=held_on_{part}]").fill(str(value))
    page.locator("main form button[type=submit]").last.click()
    page.locator("main details:has(form[action$='/together/']) summary").click()
    story.reads_clearly("Inès")
    page.locator("[name=partner]").select_option(str(cast.elsewhere.pk))
    page.locator("main form[action$='/together/'] button").click()
    activity = page.url.partition("/activities/")[2].strip("/")

    # Samir comes along, and brings Kim; each sees their own, and a number.
    story.go("Samir", f"/activities/{activity}/")
    story.reads_clearly("Samir")
    theirs.locator("main form[action$='/along/'] button").click()
    story.go("Samir", f"/activities/{activity}/list/")
    puts_on_the_list(story, "Samir", theirs_name)
    story.go("Inès", f"/activities/{activity}/list/")
    puts_on_the_list(story, "Inès", story.name)
    expect(page.locator("main")).to_contain_text("+1")
    expect(page.locator("main")).not_to_contain_text(theirs_name)
    story.reads_clearly("Inès")

    # She lets him know what she chooses, today alone.
    page.locator("main a[href$='/agree/']").click()
    story.reads_clearly("Inès")
    page.locator("[name=name]").fill("May")
    page.locator("[name=needs]").fill(NEEDS)
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".error-summary")).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("[name=form][value=ON_SCREEN]").check()
    page.locator("main form button[type=submit]").last.click()
    story.is_on("Inès", f"/activities/{activity}/list/")
    story.reads_clearly("Inès")
    story.go("Samir", f"/activities/{activity}/list/")
    expect(theirs.locator("main")).to_contain_text(NEEDS)
    expect(theirs.locator("main")).to_contain_text("May")
    expect(theirs.locator("main")).not_to_contain_text(story.name)
    story.reads_clearly("Samir")
    assert story.go("Samir", f"/files/{who.file_id}/").status == 404

    # That very morning she changes her mind: he reads a number.
    story.go("Inès", f"/files/{who.file_id}/activities/")
    story.reads_clearly("Inès")
    page.locator("main form[action$='/back/'] button").click()
    story.is_on("Inès", f"/files/{who.file_id}/activities/")
    story.go("Samir", f"/activities/{activity}/list/")
    expect(theirs.locator("main")).not_to_contain_text(NEEDS)
    expect(theirs.locator("main")).to_contain_text("+1")
