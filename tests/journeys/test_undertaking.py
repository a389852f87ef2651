"""Does a newcomer of a health institution come in, sign, learn, and only then meet somebody?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.privacy.undertakings import actions
from tests.cast import LOADER, Cast, acting, add_organisation, add_person, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser

OFFICER = "Simon"
BEGINS = {"fr": "Avant qu’un premier dossier", "en": "Before a first file"}
STANDS = {"fr": "Tout ce qui vous est demandé est en règle", "en": "All that is asked of you"}


def arranged(cast: Cast) -> Cast:
    with acting(LOADER):
        clinic = add_organisation("clinique", "institution", regime=Organisation.Regime.HEALTH)
        simon = add_person(OFFICER, clinic, Role.PRIVACY_OFFICER)
        for number in range(4):
            add_person(f"Farah {number}", clinic, Role.YOUTH_WORKER)
    at = clock.now()
    text = actions.Text(uuid_of("the undertaking"), "Je garde pour moi.", "I keep to myself.", at)
    with acting(simon, at):
        actions.adopt(text, by=simon, at=at)
    return cast


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"Lou {way.number}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def opens(story: Story, person: str, path: str) -> Page:
    """A page kept for those who have just proved who they are; the demonstration has a button."""
    story.go(person, path)
    page = story.screen_of(person)
    if "/prove/" in page.url:
        page.locator("form[action^='/prove/as/'] button").click()
        expect(page).to_have_url(f"{story.site.staff}{path}")
    story.reads_clearly(person)
    return page


def sends(story: Story, person: str) -> Page:
    page = story.screen_of(person)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    story.reads_clearly(person)
    return page


def test_a_newcomer_signs_is_trained_and_only_then_is_offered_somebody(story: Story) -> None:
    farah = f"Farah {story.name.rpartition(' ')[2]}"
    farah_id = uuid_of(farah.lower().replace(" ", "-"))
    story.signs_in(farah)
    page = opens(story, farah, "/undertaking/")
    expect(page.locator("main")).to_contain_text(BEGINS[story.language])

    story.a_referrer_writes("Mireille Fortin")
    story.louise_reads_it_at_the_desk()
    louise = story.screen_of("Louise")
    hers = louise.locator(f"[name=workers][value='{farah_id}']")
    expect(hers).to_have_count(0)

    page = opens(story, farah, "/undertaking/sign/")
    sends(story, farah)
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("[name=agreed]").check()
    sends(story, farah)
    story.is_on(farah, "/undertaking/")

    story.signs_in(OFFICER)
    officer = opens(story, OFFICER, "/undertakings/")
    officer.get_by_role("link", name=farah, exact=True).click()
    story.reads_clearly(OFFICER)
    officer.locator("a[href$='/training/']").click()
    officer.locator("[name=source][value=HERE]").check()
    for part in ("day", "month", "year"):
        asked = officer.locator(f"[name=trained_on_{part}]")
        asked.fill(str(getattr(clock.today(), part)))
    sends(story, OFFICER)

    page = opens(story, farah, "/undertaking/")
    expect(page.locator("main")).to_contain_text(STANDS[story.language])
    louise.reload()
    hers.check()
    story.press("Louise", "offer")
    story.reads_clearly("Louise")

    story.go(farah, "/")
    story.follow(farah, "read_offer")
    story.reads_clearly(farah)
    story.press(farah, "accept")
    story.is_on(farah, f"/files/{story.files[story.name]}/")
