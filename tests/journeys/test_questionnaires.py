"""Is an invented questionnaire offered, one question skipped, kept, and read where it belongs?

One question of it is taken, in this story, for one whose clinician wrote what to do: the protocol
shows at once, without a script, and before anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, expect

from spheres.followup.instruments.models import HealthAnswers, Instrument
from tests.cast import LOADER, Cast, acting
from tests.journeys.conftest import Way
from tests.journeys.story import Story, entrust_to_ines, told

pytestmark = pytest.mark.browser

WORDS = {
    "fr": {
        "open": "Ouvrir les questionnaires",
        "answer": "Y répondre",
        "licence": "Questionnaire inventé pour la démonstration.",
        "often": "La plupart des jours",
        "sometimes": "Quelques jours",
        "keep": "Garder ces réponses",
        "protocol": "Rester avec la personne, sans hâte.",
        "reached": "Psychologue de garde, Fondation",
        "sentence": "la semaine a laissé de la place pour souffler",
        "skipped": "Une question a été passée.",
        "title": "Questionnaire d’essai\u00a0: ma semaine (inventé)",
        "back": "Retour aux questionnaires",
    },
    "en": {
        "open": "Open the questionnaires",
        "answer": "Answer it",
        "licence": "A questionnaire invented for the demonstration.",
        "often": "Most days",
        "sometimes": "A few days",
        "keep": "Keep these answers",
        "protocol": "Stay with the person, without hurry.",
        "reached": "Psychologist on call, Foundation",
        "sentence": "the week left room to breathe",
        "skipped": "One question was skipped.",
        "title": "Trial questionnaire: my week (invented)",
        "back": "Back to the questionnaires",
    },
}
PROTOCOL = {
    "items": ["noise"],
    "words": {"fr": "Rester avec la personne, sans hâte.", "en": WORDS["en"]["protocol"]},
    "title": {"fr": "Psychologue de garde", "en": "Psychologist on call"},
    "organisation": {"fr": "Fondation", "en": "Foundation"},
}


def arranged(cast: Cast) -> Cast:
    """The cast, in a region whose clinician wrote what to do after one question."""
    with acting(LOADER):
        week = Instrument.objects.get(slug="essai-ma-semaine")
        Instrument.objects.filter(pk=week.pk).update(terms=week.terms | {"protocol": PROTOCOL})
    return cast


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"Lou {uuid4().hex[:4]}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def test_one_question_is_skipped_and_the_sentence_is_read_on_its_page_alone(story: Story) -> None:
    lou_is_followed(story)
    ines_opens_the_questionnaires(story)
    she_offers_the_one_of_the_week(story)
    they_answer_and_the_protocol_shows_at_once(story)
    it_is_read_again_before_anything_is_kept(story)
    the_sentence_is_read(story)
    and_nowhere_else(story)


def words(story: Story, key: str) -> str:
    return WORDS[story.language][key]


def file_of(story: Story) -> UUID:
    return story.files[story.name]


def lou_is_followed(story: Story) -> None:
    with story.site.at_home():
        story.files[story.name] = entrust_to_ines(story.name, age_band="14-17", cast=story.cast)
    story.signs_in("Inès")
    story.go("Inès", f"/files/{file_of(story)}/")
    story.they_have_the_admission_conversation()


def ines_opens_the_questionnaires(story: Story) -> None:
    story.go("Inès", f"/files/{file_of(story)}/")
    page = story.screen_of("Inès")
    page.get_by_role("link", name=words(story, "open"), exact=True).click()
    story.is_on("Inès", f"/files/{file_of(story)}/questionnaires/")
    story.reads_clearly("Inès")


def she_offers_the_one_of_the_week(story: Story) -> None:
    page = story.screen_of("Inès")
    page.get_by_role("link", name=words(story, "answer"), exact=True).click()
    story.is_on("Inès", f"/files/{file_of(story)}/health_answers/new/")
    expect(page.locator("main")).to_contain_text(words(story, "licence"))
    story.reads_clearly("Inès")


def they_answer_and_the_protocol_shows_at_once(story: Story) -> None:
    """Sleep and noise are answered, breaks are skipped; noise opens what the clinician wrote."""
    page = story.screen_of("Inès")
    protocol = page.locator("#q-4-box .at-once > div")
    expect(protocol).to_be_hidden()
    page.locator("#q-2-box").get_by_label(words(story, "often"), exact=True).check()
    expect(protocol).to_be_hidden()
    page.locator("#q-4-box").get_by_label(words(story, "sometimes"), exact=True).check()
    expect(protocol).to_be_visible()
    expect(protocol).to_contain_text(words(story, "protocol"))
    expect(protocol).to_contain_text(words(story, "reached"))
    story.reads_clearly("Inès")


def it_is_read_again_before_anything_is_kept(story: Story) -> None:
    page = story.screen_of("Inès")
    keep = page.get_by_role("button", name=words(story, "keep"), exact=True)
    with page.expect_navigation():
        keep.click()
    expect(page.locator("main .card").first).to_contain_text(words(story, "protocol"))
    story.reads_clearly("Inès")
    with story.site.at_home(), acting(story.cast.ines):
        assert not HealthAnswers.objects.filter(file_id=file_of(story)).exists()
    with page.expect_navigation():
        keep.click()


def the_sentence_is_read(story: Story) -> None:
    page = story.screen_of("Inès")
    with story.site.at_home(), acting(story.cast.ines):
        sheet = HealthAnswers.objects.get(file_id=file_of(story))
    story.is_on("Inès", f"/files/{file_of(story)}/health_answers/{sheet.pk}/")
    expect(page.locator("main")).to_contain_text(words(story, "sentence"))
    expect(page.locator("main")).to_contain_text(words(story, "skipped"))
    story.reads_clearly("Inès")


def and_nowhere_else(story: Story) -> None:
    page = story.screen_of("Inès")
    page.get_by_role("link", name=words(story, "back"), exact=True).click()
    for path in ("questionnaires/", "", "plan/"):
        story.go("Inès", f"/files/{file_of(story)}/{path}")
        expect(page.locator("body")).not_to_contain_text(words(story, "sentence"))
    story.go("Inès", f"/files/{file_of(story)}/")
    expect(page.locator("main")).to_contain_text(words(story, "title"))
