"""Does somebody pause, leave, come back and close with a letter, one press at a time?"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import Admission
from tests.cast import MONDAY, acting, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, entrust_to_ines, told

pytestmark = pytest.mark.browser


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"Nour {way.number}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def followed(story: Story) -> UUID:
    """Somebody whom Inès has met and admitted."""
    cast = story.cast
    with story.site.at_home():
        file_id = entrust_to_ines(story.name, age_band="14-17", cast=cast)
        with acting(cast.ines):
            conversation = admission.Conversation(
                id=uuid_of(f"admission of {story.name}"),
                recognition=Admission.Recognition.BOTH,
                agreed_by=Admission.AgreedBy.HERSELF,
                agreement_form=Admission.Form.ORAL,
            )
            admission.admit(file_id, conversation, by=cast.ines, at=MONDAY)
    return file_id


def test_she_pauses_leaves_comes_back_and_it_closes_with_a_letter(story: Story) -> None:
    file_id = followed(story)
    story.signs_in("Inès")
    story.reads_clearly("Inès")  # my day asks whether it still fits
    page = story.screen_of("Inès")

    def press(step: str) -> None:
        story.go("Inès", f"/files/{file_id}/")
        form = page.locator(f"form[action$='/follow-up/{step}/']")
        if not form.is_visible():
            page.locator("main details", has=form).locator("summary").click()
        story.reads_clearly("Inès")
        with page.expect_navigation():
            form.locator("button").click()
        story.is_on("Inès", f"/files/{file_id}/")
        story.reads_clearly("Inès")

    for step in ("pause", "go-on", "leave", "return", "adulthood"):
        press(step)
    expect(page.locator("a[href='?earlier=yes']")).to_be_visible()

    for path, field, words in (
        ("words-for-the-end", "words", "Un café, pas d’adieu."),
        ("fit", "her_words", "Moins souvent."),
    ):
        story.go("Inès", f"/files/{file_id}/{path}/")
        story.reads_clearly("Inès")
        page.locator(f"[name={field}]").fill(words)
        if path == "fit":
            page.locator("[name=answer]").nth(1).check()
        page.locator("main form button[type=submit]").first.click()
        story.is_on("Inès", f"/files/{file_id}/")

    story.go("Inès", f"/files/{file_id}/closing/")
    expect(page.locator("main")).to_contain_text("Un café, pas d’adieu.")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("[name=letter]").fill("Chère Nour, tu peux revenir quand tu veux.")
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", f"/files/{file_id}/letters/")
    expect(page.locator("main")).to_contain_text("tu peux revenir quand tu veux")
    story.reads_clearly("Inès")
    story.go("Inès", f"/files/{file_id}/who/")
    story.reads_clearly("Inès")
