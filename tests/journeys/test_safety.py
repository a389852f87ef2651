"""Does she make her net with her worker, and leave with a card; do her own words meet a return?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.followup.passages import actions as passages
from spheres.followup.urgent_needs import actions as needs
from spheres.followup.urgent_needs.models import Answer
from spheres.participants.models import FollowUpStatus
from tests.cast import acting, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told
from tests.journeys.test_passages import followed

pytestmark = pytest.mark.browser

MESSAGE = "Salut, toi. T’es là, c’est tout ce qui compte."
WORDS = {
    "fr": {"safety": "Sécurité", "urgent": "Urgence", "hide": "Masquer", "go_on": "Continuer",
           "begin": "Commencer ensemble", "keep": "Garder cette version"},
    "en": {"safety": "Safety", "urgent": "Urgent", "hide": "Hide", "go_on": "Go on",
           "begin": "Begin together", "keep": "Keep this version"},
}  # fmt: skip
STATUS_AND_KIND = """url => fetch(url).then(a => [a.status, a.headers.get("content-type")])"""


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Tess {way.number}") as one:
        yield one


def test_tess_makes_her_net_takes_the_card_and_is_met_by_her_own_words_when_she_returns(
    story: Story,
) -> None:
    file_id = followed(story)
    said = WORDS[story.language]
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    def press(key: str) -> None:
        page.get_by_role("link", name=said[key], exact=True).first.click()

    # One press from any page of her file.
    story.go("Inès", f"/files/{file_id}/notes/new/")
    press("urgent")
    story.is_on("Inès", f"/files/{file_id}/safety_net/urgent/")
    story.reads_clearly("Inès")
    press("safety")
    story.is_on("Inès", f"/files/{file_id}/safety_net/")
    story.reads_clearly("Inès")

    # Her net: a full name is looked at again, and kept if she wishes.
    press("begin")
    story.reads_clearly("Inès")
    page.locator("[name=people_0]").fill("Camille Roy")
    page.locator("[name=people_0_circle]").select_option("1")
    page.locator("[name=places_0]").fill("Le parc à chiens")
    page.locator("[name=sign]").fill("Le chien veut sortir.")
    page.get_by_role("button", name=said["keep"], exact=True).click()
    expect(page.locator("[name=looked_again]")).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("[name=people_0]").fill("Ma sœur")
    page.get_by_role("button", name=said["keep"], exact=True).click()
    story.is_on("Inès", f"/files/{file_id}/safety_net/")
    expect(page.locator("svg.net-picture desc")).to_contain_text("Le parc à chiens")
    expect(page.locator(".net ul").first).to_contain_text("Ma sœur")
    story.reads_clearly("Inès")

    # When it gets heavy, under her own names.
    story.go("Inès", f"/files/{file_id}/safety_net/new/?part=CRISIS")
    page.locator("[name=name_3]").fill("Rouge")
    page.locator("[name=signs_3]").fill("J’écris en minuscules.")
    page.get_by_role("button", name=said["keep"], exact=True).click()
    expect(page.locator(".level h3").last).to_contain_text("Rouge")
    story.reads_clearly("Inès")

    # The card, in both languages.
    cards = page.locator(f"a[href^='/files/{file_id}/safety_net/card/']").all()
    assert len(cards) == 2
    for one in cards:
        made = page.evaluate(STATUS_AND_KIND, one.get_attribute("href"))
        assert made == [200, "application/pdf"]

    # Somebody comes in: one press.
    press("hide")
    story.reads_clearly("Inès")
    assert story.name not in page.content()
    press("go_on")
    story.is_on("Inès", f"/files/{file_id}/safety_net/")

    # Staying on course, with her message to herself.
    story.go("Inès", f"/files/{file_id}/safety_net/course/")
    story.reads_clearly("Inès")
    press("begin")
    page.locator("[name=message]").fill(MESSAGE)
    page.locator("[name=ten_minutes]").fill("Le chien. Dehors.")
    page.get_by_role("button", name=said["keep"], exact=True).click()
    story.is_on("Inès", f"/files/{file_id}/safety_net/course/")

    she_goes_and_comes_back(story, file_id)

    # A return after a slip: her words first, and what is not met yet.
    story.go("Inès", f"/files/{file_id}/")
    card = page.locator("main .card").filter(has_text=MESSAGE)
    expect(card).to_have_count(1)
    assert page.locator("main").inner_text().index(MESSAGE) < 1500
    story.reads_clearly("Inès")
    card.locator("a").click()
    story.is_on("Inès", f"/files/{file_id}/safety_net/course/")
    expect(page.locator("main .card").first).to_contain_text(MESSAGE)
    expect(page.locator(f"a[href^='/files/{file_id}/urgent_needs/']")).to_have_count(1)
    story.reads_clearly("Inès")
    story.go("Inès", "/")
    expect(page.locator(f"a[href='/files/{file_id}/safety_net/course/']")).to_be_visible()
    story.reads_clearly("Inès")


def she_goes_and_comes_back(story: Story, file_id: UUID) -> None:
    """Meanwhile: a need that could not be met, a departure, a return."""
    ines, need_id = story.cast.ines, uuid_of(f"need of {story.name}")
    with story.site.at_home():
        at = clock.now() + timedelta(seconds=1)
        with acting(ines, at):
            needs.sign(file_id, needs.Written(need_id, "papers", at), by=ines, at=at)
            told = needs.Told(uuid_of(f"told {story.name}"), Answer.Status.STILL_THERE)
            needs.close(file_id, need_id, told, by=ines, at=at)
            passages.pass_to(file_id, FollowUpStatus.Status.LEFT, by=ines, at=at)
        back = at + timedelta(seconds=1)
        with acting(ines, back):
            passages.come_back(file_id, by=ines, at=back)
