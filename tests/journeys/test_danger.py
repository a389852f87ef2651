"""At night somebody's life is in danger: is one's hand on the telephone first, and what follows?"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import follow
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told
from tests.journeys.test_follow_up import count_taps

pytestmark = pytest.mark.browser
SAID = "Elle m’a texté des mots d’adieu; j’ai donné son adresse."
LEARNT = "Appeler la garde pendant l’attente."
HERS = "J’étais fâchée. Merci quand même."
WORDS = {
    "fr": {"danger": "Danger", "wrote": "J’ai appelé : l’écrire", "keep": "Garder"},
    "en": {"danger": "Danger", "wrote": "I called: write it down", "keep": "Keep it"},
}


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Tess {way.number}") as one:
        yield one


def is_followed(story: Story) -> UUID:
    cast = story.cast
    with story.site.at_home():
        name = story.name
        return follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines).file_id


def test_called_first_written_in_two_minutes_looked_at_again_and_told(story: Story) -> None:
    file_id, said = is_followed(story), WORDS[story.language]
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    story.go("Inès", f"/files/{file_id}/notes/new/")
    taps: list[str] = []
    count_taps(page, taps)

    # One press, from whatever page of theirs: the numbers, before anything to fill in.
    page.locator(".staff-file").get_by_role("link", name=said["danger"], exact=True).click()
    expect(page.locator("main a[href='tel:911']")).to_be_visible()
    assert len(taps) == 1, taps
    assert page.locator("main textarea").count() == 0
    story.reads_clearly("Inès")
    page.get_by_role("link", name=said["wrote"].replace(" :", "\u00a0:"), exact=True).click()
    story.reads_clearly("Inès")

    # Three answers, of which the first is there already.
    page.locator("[name=called][value=EMERGENCY]").check()
    page.locator("[name=said]").fill(SAID)
    page.get_by_role("button", name=said["keep"], exact=True).click()
    expect(page.locator("main")).to_contain_text(SAID)
    story.reads_clearly("Inès")
    danger = page.url.removesuffix("/").rpartition("/")[2]
    page.locator("main summary").first.click()
    page.locator("[name=about]").select_option("ACT")
    page.locator("[name=text]").fill("Un geste suicidaire.")
    page.locator("main form .button").last.click()
    expect(page.locator("main")).to_contain_text("Un geste suicidaire.")

    # Next morning: whoever supervises reads it, without a name, and says what was learnt.
    story.signs_in("Karim")
    karim = story.screen_of("Karim")
    story.go("Karim", "/danger/reviews/")
    story.reads_clearly("Karim")
    karim.locator(f"main a[href='/danger/{danger}/']").click()
    expect(karim.locator("main")).to_contain_text(SAID)
    expect(karim.locator("main")).not_to_contain_text(story.name)
    story.reads_clearly("Karim")
    karim.locator("[name=learnt]").fill(LEARNT)
    karim.locator("main form .button-primary").last.click()
    story.is_on("Karim", "/danger/reviews/")

    # It waits on her worker's day until the person is told; then her register says it in her words.
    story.go("Inès", "/")
    story.reads_clearly("Inès")
    page.locator(f"main a[href='/files/{file_id}/danger/{danger}/tell/']").click()
    story.reads_clearly("Inès")
    page.locator("[name=way][value=AFTER]").check()
    page.locator("[name=words]").fill(HERS)
    page.get_by_role("button", name=said["keep"], exact=True).click()
    expect(page.locator("main")).to_contain_text(LEARNT)
    expect(page.locator("main")).to_contain_text(HERS)
    story.go("Inès", f"/files/{file_id}/communications/register/")
    expect(page.locator("main")).to_contain_text(SAID)
    expect(page.locator("main")).to_contain_text("Un geste suicidaire.")
    expect(page.locator("main")).not_to_contain_text(LEARNT)
    story.reads_clearly("Inès")

    # The police, and whoever works elsewhere, meet nothing of it.
    for stranger in ("Roy", "Samir"):
        story.signs_in(stranger)
        assert story.go(stranger, f"/danger/{danger}/").status == 404
        assert story.go(stranger, f"/files/{file_id}/danger/{danger}/").status == 404
