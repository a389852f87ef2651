"""Does a worker bring notes of one person to her supervisor, for one meeting, and take them back?
The supervision of SC-10."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.followup.notes.tests import factories as notes
from spheres.worker_support.supervision.tests.factories import accepts, asks, offers
from tests.cast import Cast, acting, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
IN_HER_JOURNAL = {
    "fr": "a lu, dans une supervision, ce qui y était apporté",
    "en": "read, in a supervision, what was brought there",
}


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Nour {way.number}") as one:
        yield one


def a_meeting_in_two_days(cast: Cast, which: str) -> UUID:
    """Karim offers it, Inès asks for it, he accepts; she wrote a note of Maya's file today."""
    now = clock.now()
    starts_at = now + timedelta(days=2)
    slot_id = offers(cast.karim, at=now, which=which, starts_at=starts_at, for_all=False)
    asks(cast.ines, slot_id, at=now)
    accepts(cast.karim, slot_id, at=now)
    with acting(cast.ines, now):
        notes.write(cast.maya.file_id, uuid_of(f"note of {which}"), by=cast.ines, at=now)
    return slot_id


def test_she_brings_a_note_he_reads_it_and_she_takes_it_back(story: Story, way: Way) -> None:
    with story.site.at_home():
        slot_id = a_meeting_in_two_days(story.cast, f"meeting {way.number}")
    where = f"/supervision/{slot_id}/"

    # She chooses of whom, which note, and sees what will be read before it is brought.
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    story.go("Inès", where)
    story.reads_clearly("Inès")
    page.locator("main a[href$='/bring/']").click()
    story.reads_clearly("Inès")
    page.locator("main .lines a.button", has_text="Maya").click()
    story.reads_clearly("Inès")
    page.locator("main form button[type=submit]").click()  # none yet: the page says so
    expect(page.locator("main .error-summary")).to_be_visible()
    page.locator("[name=notes]").first.check()
    page.locator("main form button[type=submit]").click()
    for words in (notes.HER_WORDS, notes.OBSERVATION, notes.SUPPORT):
        expect(page.locator("main")).to_contain_text(words)
    story.reads_clearly("Inès")
    page.locator("main form button[type=submit]").click()
    story.is_on("Inès", where)
    story.reads_clearly("Inès")

    # He reads the copy by a press, and nothing of the file.
    story.signs_in("Karim")
    his = story.screen_of("Karim")
    story.go("Karim", where)
    expect(his.locator("main")).not_to_contain_text(notes.HER_WORDS)
    story.reads_clearly("Karim")
    his.locator("main a[href$='/brought/']").click()
    expect(his.locator("main")).to_contain_text(notes.HER_WORDS)
    expect(his.locator("main")).not_to_contain_text("Maya")
    story.reads_clearly("Karim")
    story.is_refused("Karim", f"/files/{story.cast.maya.file_id}/")

    # Her journal says that he did; the coordination, elsewhere, reads nothing.
    story.go("Inès", f"/files/{story.cast.maya.file_id}/who/")
    expect(page.locator("main")).to_contain_text(IN_HER_JOURNAL[way.language])
    story.signs_in("Louise")
    story.is_refused("Louise", where, f"{where}brought/")

    # Taken back, he reads it no more.
    story.go("Inès", where)
    page.locator("main form[action$='/take-back/'] button").click()
    story.is_on("Inès", where)
    story.is_refused("Karim", f"{where}brought/")
