"""SC-13: at night somebody's life is in danger; is a hand on the telephone first, what follows?"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, expect

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.followup.danger import actions as danger
from spheres.followup.safety_net.models import Part
from spheres.followup.safety_net.tests import factories as safety
from tests.cast import LOADER, acting, add_person, follow
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told
from tests.journeys.test_follow_up import count_taps

pytestmark = pytest.mark.browser
SAID = "Elle m’a texté des mots d’adieu; j’ai donné son adresse."
DIRECTIVE = "Appelez d’abord, puis la garde; restez à deux."
SIGN_BEFORE, SIGN_SINCE = "Elle écrit la nuit.", "Elle dit adieu."
LEARNT = "Appeler la garde pendant l’attente."
HERS = "J’étais fâchée. Merci quand même."
WORDS = {
    "fr": {
        "danger": "Danger",
        "wrote": "J’ai appelé : l’écrire",
        "keep": "Garder",
        "version": "Garder cette version",
    },
    "en": {
        "danger": "Danger",
        "wrote": "I called: write it down",
        "keep": "Keep it",
        "version": "Keep this version",
    },
}


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Tess {way.number}") as one:
        yield one


def is_followed(story: Story) -> UUID:
    """With a crisis plan made together; where they work, what to do in a danger is said."""
    cast, ines = story.cast, story.cast.ines
    with story.site.at_home():
        now = clock.now()
        person = follow(story.name, desk=cast.institute.pk, louise=cast.louise, worker=ines)
        with acting(LOADER):
            manager = add_person(f"Odile {story.name}", cast.la_maison, Role.ORGANISATION_MANAGER)
        with acting(manager, now):
            danger.direct(
                uuid4(), on_call="514 555-0199", fr=DIRECTIVE, en=DIRECTIVE, by=manager, at=now
            )
        with acting(ines, now):
            said = {"part": Part.CRISIS, "answers": {"name_3": "Rouge", "signs_3": SIGN_BEFORE}}
            safety.write(person.file_id, uuid4(), by=ines, at=now, **said)
        return person.file_id


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
    # What their organisation asks is on the same page.
    expect(page.locator("main")).to_contain_text(DIRECTIVE)
    story.reads_clearly("Inès")
    page.get_by_role("link", name=said["wrote"].replace(" :", "\u00a0:"), exact=True).click()
    story.reads_clearly("Inès")

    # Three answers, of which the first is there already.
    page.locator("[name=called][value=EMERGENCY]").check()
    page.locator("[name=said]").fill(SAID)
    page.get_by_role("button", name=said["keep"], exact=True).click()
    expect(page.locator("main")).to_contain_text(SAID)
    story.reads_clearly("Inès")
    written = page.url.removesuffix("/").rpartition("/")[2]
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
    karim.locator(f"main a[href='/danger/{written}/']").click()
    expect(karim.locator("main")).to_contain_text(SAID)
    expect(karim.locator("main")).not_to_contain_text(story.name)
    story.reads_clearly("Karim")
    karim.locator("[name=learnt]").fill(LEARNT)
    karim.locator("main form .button-primary").last.click()
    story.is_on("Karim", "/danger/reviews/")

    # To whoever called, a moment for themselves is offered, that nobody else sees.
    story.go("Inès", "/")
    page.locator("main .card a[href='/wellbeing/']").click()
    story.reads_clearly("Inès")

    # What keeps them safe is offered to be looked at again: together, a new version is kept.
    story.go("Inès", "/")
    page.locator(f"main a[href='/files/{file_id}/safety_net/']").first.click()
    expect(page.locator("main")).to_contain_text(SIGN_BEFORE)
    story.reads_clearly("Inès")
    story.go("Inès", f"/files/{file_id}/safety_net/new/?part=CRISIS")
    page.locator("[name=signs_3]").fill(SIGN_SINCE)
    page.get_by_role("button", name=said["version"], exact=True).click()
    story.is_on("Inès", f"/files/{file_id}/safety_net/")
    expect(page.locator("main")).to_contain_text(SIGN_SINCE)

    # It waits on her worker's day until the person is told; then her register says it in her words.
    story.go("Inès", "/")
    story.reads_clearly("Inès")
    page.locator(f"main a[href='/files/{file_id}/danger/{written}/tell/']").click()
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
        assert story.go(stranger, f"/danger/{written}/").status == 404
        assert story.go(stranger, f"/files/{file_id}/danger/{written}/").status == 404
