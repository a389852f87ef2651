"""SC-12: Lina says something that must be reported: who speaks, in whose words, and who knows?"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from tests.cast import follow
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
HERS = "Il me fait peur; ma mère le sait."
WISHES = "Ne pas rentrer ce soir."
SUPPORT = "Nuit chez sa marraine."
LEARNT = "Fermer la porte a aidé."
WORDS = {
    "fr": {
        "danger": "Danger",
        "weigh": "Peser la situation, et voir qui appeler",
        "prepare": "Préparer l’appel ensemble",
        "keep_words": "Garder ces mots pour l’appel",
        "keep": "Garder",
        "called": "la protection de la jeunesse a été appelée",
    },
    "en": {
        "danger": "Danger",
        "weigh": "Weigh it, and see whom to call",
        "prepare": "Prepare the call together",
        "keep_words": "Keep these words for the call",
        "keep": "Keep it",
        "called": "youth protection was called",
    },
}


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Lina {way.number}") as one:
        yield one


def is_followed(story: Story) -> UUID:
    cast = story.cast
    with story.site.at_home():
        name = story.name
        return follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines).file_id


def test_weighed_prepared_with_her_reported_looked_at_again_and_read_with_her(
    story: Story,
) -> None:
    file_id, said = is_followed(story), WORDS[story.language]
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    # Two presses from any page of theirs: the numbers, then what the law asks, and questions.
    story.go("Inès", f"/files/{file_id}/notes/new/")
    page.locator(".staff-file").get_by_role("link", name=said["danger"], exact=True).click()
    page.get_by_role("link", name=said["weigh"], exact=True).click()
    expect(page.locator("main a[href='tel:8195550138']")).to_be_visible()
    assert page.locator("main textarea, main [type=radio], main [type=checkbox]").count() == 0
    story.reads_clearly("Inès")

    # On a screen that she is shown: when one must speak, first; then her words, and where she is.
    page.get_by_role("link", name=said["prepare"], exact=True).click()
    expect(page.locator("main")).not_to_contain_text(story.name)
    story.reads_clearly("Inès")
    page.locator("[name=said]").fill(HERS)
    page.locator("[name=wishes]").fill(WISHES)
    page.locator("[name=beside][value=BESIDE]").check()
    page.get_by_role("button", name=said["keep_words"], exact=True).click()

    # After the call, with her beside: what she chose is there already.
    expect(page.locator("[name=said]")).to_have_value(HERS)
    story.reads_clearly("Inès")
    page.locator("[name=outcome][value=REPORTED]").check()
    page.locator("[name=reached][value=INTAKE]").check()
    page.locator("[name=told_her][value=BEFORE]").check()
    page.locator("[name=support]").fill(SUPPORT)
    page.get_by_role("button", name=said["keep"], exact=True).click()
    for words in (HERS, WISHES, SUPPORT):
        expect(page.locator("main")).to_contain_text(words)
    story.reads_clearly("Inès")
    situation = page.url.removesuffix("/").rpartition("/")[2]

    # Next morning, whoever supervises reads it without a name, and says what was learnt.
    story.signs_in("Karim")
    karim = story.screen_of("Karim")
    story.go("Karim", "/worrying/reviews/")
    story.reads_clearly("Karim")
    karim.locator(f"main a[href='/worrying/{situation}/']").click()
    expect(karim.locator("main")).to_contain_text(HERS)
    expect(karim.locator("main")).not_to_contain_text(story.name)
    story.reads_clearly("Karim")
    karim.locator("[name=learnt]").fill(LEARNT)
    karim.locator("main form .button-primary").last.click()
    story.is_on("Karim", "/worrying/reviews/")

    # She reads it with whoever called, in her register: nobody is named, nor what was learnt.
    story.go("Inès", f"/files/{file_id}/communications/register/")
    line = page.locator("main .card", has_text=said["called"])
    expect(line).to_contain_text(HERS)
    expect(line).not_to_contain_text("Inès")
    expect(line).not_to_contain_text("Karim")
    expect(line).not_to_contain_text(LEARNT)
    story.reads_clearly("Inès")
    story.go("Inès", f"/files/{file_id}/who/")
    expect(page.locator("main")).not_to_contain_text("Karim")

    # The police, a partner, a colleague of hers meet nothing of it.
    for stranger in ("Roy", "Samir", "Yanick"):
        story.signs_in(stranger)
        assert story.go(stranger, f"/worrying/{situation}/").status == 404
        assert story.go(stranger, f"/files/{file_id}/worrying/{situation}/").status == 404
