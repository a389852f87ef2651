"""Do Inès and Maya write her page line by line, and see both texts when somebody was faster?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.followup.summary import actions, queries
from spheres.followup.summary.actions import Said
from spheres.followup.summary.models import Line
from tests.cast import MONDAY, acting, follow, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser

LINE = "Quand je me tais, attends. Je reviens."


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    name = f"Nour {way.number}"
    with told(*world[:1], chromium, world[1], way.language, way.size, name=name) as one:
        yield one


def test_her_page_is_written_line_by_line_and_nothing_is_lost(story: Story) -> None:
    cast = story.cast
    with story.site.at_home():
        file_id = follow(
            story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines
        ).file_id
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    here = f"/files/{file_id}/summary/"

    story.go("Inès", f"/files/{file_id}/")
    page.locator(f"main a[href='{here}new/']").click()
    story.reads_clearly("Inès")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("[name=text]").fill(LINE)
    page.locator("[name=heading]").select_option("talk")
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", here)
    expect(page.locator("main")).to_contain_text(LINE)
    story.reads_clearly("Inès")

    story.go("Inès", f"{here}new/")
    with story.site.at_home(), clock.at(MONDAY), acting(cast.ines):
        now = queries.current(file_id, actor=cast.ines)
        faster = Said(
            uuid_of(f"faster {story.name}"), now.number, "Les matins.", Line.Whose.WORKERS, "helps"
        )
        actions.add(file_id, faster, by=cast.ines, at=MONDAY)
    page.locator("[name=text]").fill("Ma tante Rose.")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Les matins.")
    expect(page.locator("[name=text]")).to_have_value("Ma tante Rose.")
    story.reads_clearly("Inès")
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", here)

    page.locator("main form[action$='/off/'] button").first.click()
    story.is_on("Inès", here)
    expect(page.locator("main .summary-line")).to_have_count(2)
    story.reads_clearly("Inès")
    page.emulate_media(media="print")
    expect(page.locator("main form[action$='/off/']").first).to_be_hidden()
    page.emulate_media(media="screen")
    identity = f"/files/{file_id}/identity/"
    story.go("Inès", identity)
    story.reads_clearly("Inès")
    page.locator("[name=gender]").fill("fille, des fois")
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", f"/files/{file_id}/")
    story.go("Inès", f"{identity}nations/")
    page.locator("[name=nations]").fill("Innue de Uashat")
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", identity)
    story.go("Inès", f"{identity}nations/")
    story.reads_clearly("Inès")
    page.locator("main form[action$='/open/'] button").click()
    expect(page.locator("main")).to_contain_text("Innue de Uashat")
    story.reads_clearly("Inès")

    for path in (f"{here}versions/", f"/files/{file_id}/", f"/files/{file_id}/who/"):
        story.go("Inès", path)
        story.reads_clearly("Inès")
