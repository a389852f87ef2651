"""Are several who were there noted standing up, with one hand, from one form?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Way
from tests.journeys.story import Story, entrust_to_ines, told

pytestmark = pytest.mark.browser

SAID = "On a fait des crêpes et une longue marche."
THUMB = 44  # pixels, at least, of what is pressed in the street
WORDS = {
    "fr": {
        "together": "Noter pour les noms cochés",
        "next": "Signer et passer à la suivante",
        "four_questions": "Écrire la note avec quatre questions",
        "sentence": "Ce que la personne a dit qui compte",
        "agrees": "Elle est d’accord pour qu’on garde cette phrase",
        "given_back": "Le résumé que vous lui avez redonné",
        "care": "Écrire avec soin",
    },
    "en": {
        "together": "Note for those ticked",
        "next": "Sign and go to the next one",
        "four_questions": "Write it with four questions",
        "sentence": "What they said that matters",
        "agrees": "They agree that this sentence is kept",
        "given_back": "The summary you gave back",
        "care": "Writing with care",
    },
}


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    name = f"Lou {way.number}"
    with told(*world[:1], chromium, world[1], way.language, way.size, name=name) as one:
        yield one


def press(story: Story, page: Page, key: str) -> None:
    page.get_by_role("button", name=WORDS[story.language][key], exact=True).click()


def test_an_outing_is_written_once_and_signed_for_each(story: Story) -> None:
    with story.site.at_home():
        lou = entrust_to_ines(story.name, age_band="14-17", cast=story.cast)
    maya = story.cast.maya.file_id
    story.signs_in("Inès")
    story.go("Inès", "/contact/")
    page = story.screen_of("Inès")
    story.reads_clearly("Inès")
    for target in (".street-name", ".street-tick"):
        for box in page.locator(target).all():
            size = box.bounding_box()
            assert size is not None
            assert min(size["width"], size["height"]) >= THUMB
    press(story, page, "together")
    expect(page.get_by_role("status").or_(page.get_by_role("alert")).first).to_be_visible()
    story.reads_clearly("Inès")

    page.locator(f"input[value='{maya}']").check()
    page.locator(f"input[value='{lou}']").check()
    press(story, page, "together")
    story.reads_clearly("Inès")
    page.get_by_label(story.words("observation")).fill(f"{SAID} {story.name} riait.")
    press(story, page, "next")
    # The name of the other one is seen before anything is signed.
    expect(page.locator(".notice", has_text=story.name).last).to_be_visible()
    story.reads_clearly("Inès")
    page.get_by_label(story.words("observation")).fill(SAID)
    press(story, page, "next")
    expect(page.get_by_label(story.words("observation"))).to_have_value(SAID)
    story.reads_clearly("Inès")
    story.press("Inès", "sign")

    story.is_on("Inès", "/")
    for file_id, other in ((maya, story.name), (lou, "Maya")):
        story.go("Inès", f"/files/{file_id}/")
        expect(page.locator("main")).to_contain_text(SAID)
        expect(page.locator("main")).not_to_contain_text(other)


def test_a_conversation_about_change_is_written_with_four_questions(story: Story) -> None:
    words, maya = WORDS[story.language], story.cast.maya.file_id
    sentence = f"Je veux dormir chez nous ({story.language})."
    story.signs_in("Inès")
    story.go("Inès", f"/files/{maya}/notes/new/")
    page = story.screen_of("Inès")
    page.get_by_role("link", name=words["four_questions"]).click()
    story.reads_clearly("Inès")
    page.get_by_text(words["care"], exact=True).click()
    story.reads_clearly("Inès")
    page.get_by_label(words["sentence"]).fill(sentence)
    page.get_by_label(words["given_back"]).fill("Une partie de toi veut, une autre hésite.")
    story.press("Inès", "sign")
    # Without her agreement, nothing is kept, and nothing typed is lost.
    expect(page.get_by_label(words["sentence"])).to_have_value(sentence)
    story.reads_clearly("Inès")
    page.get_by_label(words["agrees"]).check()
    story.press("Inès", "sign")

    story.is_on("Inès", f"/files/{maya}/")
    expect(page.locator("main")).to_contain_text(sentence)
