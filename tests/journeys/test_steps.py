"""Does a worker accompany somebody to renew her papers, and three persons on one outing?

On a phone and at a desk, in both languages: the papers step by step, what is told to a resource
line by line, then a list of a day that one sees one's own people on, and a page for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from tests.journeys.conftest import Way
from tests.journeys.story import Story, entrust_to_ines, told

pytestmark = pytest.mark.browser

HER_WORDS = "Je veux ma carte à moi."
FOUND = "Je suis patiente."
WORDS = {
    "fr": {
        "sign": "Signer", "going_on": "Toujours en cours", "obtained": "Obtenu",
        "words": "Quelques mots, ou la prochaine étape",
        "choose": "Choisir ensemble ce qui est dit",
        "keep": "Garder cet accord", "hand": "Remettre, en mots à copier",
        "refused": "Rien ne part sans l’accord de la personne.", "plan": "La prévoir",
        "list": "Voir la liste", "put": "Mettre quelqu’un sur la liste",
        "for_them": "Sa propre page",
        "glad": "J’ai aimé ça", "a_few": "Ajouter quelques mots", "add": "Ajouter à mes forces",
        "among": "Parmi mes forces.", "supplier": "Pour le fournisseur, sans noms",
        "numbers": "Nombre de personnes : 3",
    },
    "en": {
        "sign": "Sign", "going_on": "Still going on", "obtained": "Obtained",
        "words": "A few words, or the next step", "choose": "Choose together what is told",
        "keep": "Keep this agreement", "hand": "Hand over, as words to copy",
        "refused": "Nothing leaves without the person’s agreement.", "plan": "Plan it",
        "list": "See the list", "put": "Put someone on the list", "for_them": "Their own page",
        "glad": "I was glad", "a_few": "A few words with it", "add": "Add to my strengths",
        "among": "Among my strengths.", "supplier": "For the supplier, without names",
        "numbers": "Number of persons: 3",
    },
}  # fmt: skip


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    with told(
        *world[:1], chromium, world[1], way.language, way.size, name=f"Mia {way.number}"
    ) as one:
        yield one


def entrusted(story: Story, *names: str) -> list[UUID]:
    with story.site.at_home():
        return [entrust_to_ines(name, age_band="14-17", cast=story.cast) for name in names]


def test_papers_are_renewed_step_by_step_and_only_her_lines_leave(story: Story) -> None:
    [file_id] = entrusted(story, story.name)
    said = WORDS[story.language]
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    story.go("Inès", f"/files/{file_id}/accompaniments/")
    story.reads_clearly("Inès")
    page.locator("main a.button-primary").click()
    page.locator("[name=her_words]").fill(HER_WORDS)
    page.locator("[name=kind]").select_option("papers")
    page.locator("[name=papers]").fill("Acte de naissance\nPreuve d’adresse")
    page.locator("[name=next_step]").fill("Passer au comptoir")
    story.reads_clearly("Inès")
    page.get_by_role("button", name=said["sign"], exact=True).click()

    expect(page.locator("main")).to_contain_text("Acte de naissance")
    story.reads_clearly("Inès")
    page.get_by_role("button", name=said["going_on"], exact=True).click()
    expect(page.locator("main .badge").first).to_have_text(said["going_on"])
    page.get_by_text(said["words"], exact=True).click()
    page.locator("[name=her_words]").fill("C’est long, mais c’est faisable.")
    story.reads_clearly("Inès")
    page.get_by_role("button", name=said["obtained"], exact=True).click()
    expect(page.locator("main .badge").first).to_have_text(said["obtained"])
    expect(page.locator("main")).to_contain_text("C’est long, mais c’est faisable.")

    page.get_by_role("link", name=said["choose"], exact=True).click()
    page.locator("[name=to_whom]").fill("Halte du Coin")
    page.locator("[name=lines]").fill("Une personne de 16 ans cherche une place.")
    page.get_by_role("button", name=said["keep"], exact=True).click()
    expect(page.locator("main")).to_contain_text(said["refused"])
    story.reads_clearly("Inès")
    page.locator("[name=agrees]").check()
    page.get_by_role("button", name=said["keep"], exact=True).click()
    story.reads_clearly("Inès")
    page.get_by_role("button", name=said["hand"], exact=True).click()
    expect(page.locator("#words")).to_have_value("Une personne de 16 ans cherche une place.\n")
    story.reads_clearly("Inès")


def test_three_persons_go_out_and_nothing_in_a_file_says_who_else(story: Story) -> None:
    names = [f"{name} {story.name}" for name in ("Ada", "Bea", "Cléo")]
    files = entrusted(story, *names)
    said = WORDS[story.language]
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    story.go("Inès", "/activities/new/")
    today = clock.today()
    page.locator("[name=idea]").select_option("art_ceramics")
    for part in ("day", "month", "year"):
        page.locator(f"[name=held_on_{part}]").fill(str(getattr(today, part)))
    story.reads_clearly("Inès")
    page.get_by_role("button", name=said["plan"], exact=True).click()
    story.reads_clearly("Inès")
    page.get_by_role("link", name=said["list"], exact=True).click()
    for name in names:
        page.locator("[name=person]").select_option(label=name)
        page.get_by_role("button", name=said["put"], exact=True).click()
        expect(page.locator("main .line", has_text=name)).to_have_count(1)
    story.reads_clearly("Inès")
    address = page.url
    page.get_by_role("link", name=said["supplier"], exact=True).click()
    story.reads_clearly("Inès")
    numbers = page.locator("#words").input_value()
    assert said["numbers"] in numbers.replace("\u00a0", " ")
    assert not any(name in numbers for name in names)

    page.goto(address)
    line = page.locator("main .line", has_text=names[0])
    line.get_by_role("link", name=said["for_them"], exact=True).click()
    page.locator("[name=her_words]").fill("Faire une tasse pour ma sœur.")
    story.reads_clearly("Inès")
    page.get_by_role("button", name=said["sign"], exact=True).click()
    page.get_by_text(said["a_few"], exact=True).click()
    page.locator("[name=found]").fill(FOUND)
    story.reads_clearly("Inès")
    page.get_by_role("button", name=said["glad"]).click()
    page.get_by_role("button", name=said["add"], exact=True).click()
    expect(page.locator("main")).to_contain_text(said["among"])
    story.reads_clearly("Inès")
    for file_id, others in ((files[0], names[1:]), (files[1], [names[0], names[2]])):
        story.go("Inès", f"/files/{file_id}/")
        shown = page.locator("main").inner_text()
        assert not any(other in shown for other in others)
