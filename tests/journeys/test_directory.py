"""Does a worker find where somebody of 14 may sleep tonight, and leave with it on paper?

The library's side of the story of an outside professional (SC-16): facts about places, and nothing
of the young person, on the screen, in the address, in the log or on the paper.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Way
from tests.journeys.story import Story, entrust_to_ines, told
from tests.journeys.test_follow_up import count_taps

pytestmark = pytest.mark.browser

WORDS = {
    "fr": {
        "add": "Ajouter",
        "find": "Trouver une ressource",
        "sign": "Signer",
        "typed": "hébergment",  # a letter is missing
        "look": "Chercher",
        "beds": "Lits d’urgence pour jeunes",
        "apartments": "Appartements de passage",
        "more": "Plus : langue, qui peut y aller en sécurité",
        "change": "Changer ce que vous cherchez",
        "using": "Après avoir consommé",
        "paper": "Papier en anglais",
        "on_paper": "Emergency beds for young people",
        "wrong": "Quelque chose n’est plus juste ici",
        "phone": "Le numéro ne répond plus",
        "tell": "Le dire à la coordination",
        "told": "Dit par des collègues",
        "shelter": "Un endroit où dormir",
        "list": "Ouvrir la liste",
        "mended": "C’est corrigé",
        "sentence": "Des collègues disent que 1 chose du répertoire n’est plus juste.",
    },
    "en": {
        "add": "Add",
        "find": "Find a resource",
        "sign": "Sign",
        "typed": "bedz",
        "look": "Look",
        "beds": "Emergency beds for young people",
        "apartments": "Transition apartments",
        "more": "More: language, who may go there safely",
        "change": "Change what you look for",
        "using": "After using substances",
        "paper": "Paper in French",
        "on_paper": "Lits d’urgence pour jeunes",
        "wrong": "Something here is no longer right",
        "phone": "The number no longer answers",
        "tell": "Tell the coordination",
        "told": "Told by colleagues",
        "shelter": "A place to sleep",
        "list": "Open the list",
        "mended": "It is mended",
        "sentence": "Colleagues say that 1 thing of the directory is no longer right.",
    },
}
MOST_TAPS = 2


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    name = f"Noa {way.number}"
    with told(*world[:1], chromium, world[1], way.language, way.size, name=name) as one:
        yield one


# The page's own form, with the button of one language: its answer, as a text that travels.
PRINT = """async language => {
    const form = document.querySelector("main form[action='/directory/paper/']");
    const body = new URLSearchParams(new FormData(form));
    body.set("language", language);
    const answer = await fetch(form.action, {method: "POST", body});
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return [answer.headers.get("content-type"), btoa(String.fromCharCode(...bytes))];
}"""


def on_paper(page: Page, language: str) -> str:
    """What the booklet says of what is ticked."""
    kind, content = page.evaluate(PRINT, language)
    assert kind == "application/pdf"
    reader = PdfReader(io.BytesIO(base64.b64decode(content)))
    return "\n".join(one.extract_text() for one in reader.pages)


def test_a_worker_finds_a_bed_for_somebody_of_14_and_prints_it(story: Story) -> None:
    said = WORDS[story.language]
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    taps: list[str] = []
    count_taps(page, taps)

    page.get_by_text(said["add"], exact=True).click()
    page.get_by_role("link", name=said["find"], exact=True).click()
    story.is_on("Inès", "/directory/")
    assert len(taps) <= MOST_TAPS, taps
    story.reads_clearly("Inès")

    # A word with a letter amiss, an age, and who may go there.
    page.locator("[name=words]").fill(said["typed"])
    page.locator("main [name=age]").fill("14")
    page.locator("summary", has_text=said["more"].split(":")[1].strip()).click()
    page.get_by_label(said["using"], exact=True).check()
    story.reads_clearly("Inès")
    page.locator("main .wish button").click()
    expect(page.locator(".resource-line")).not_to_have_count(0)
    expect(page.get_by_role("link", name=said["beds"], exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=said["apartments"], exact=True)).to_have_count(0)
    story.is_on("Inès", "/directory/")
    assert "?" not in page.url
    story.reads_clearly("Inès")

    # A tick, and the paper in the language of the person.
    line = page.locator(".resource-line", has_text=said["beds"])
    line.locator(".resource-tick").click()
    expect(line.locator("[name=chosen]")).to_be_checked()
    expect(page.get_by_role("button", name=said["paper"], exact=True)).to_be_visible()
    other = "en" if story.language == "fr" else "fr"
    printed = on_paper(page, other)
    assert said["on_paper"] in printed
    assert "450 555-0110" in printed
    assert [one for one in ("Sphères", "Éclaircie", "Inès", story.name) if one in printed] == []

    # The page of one resource, and what is no longer right.
    page.get_by_role("link", name=said["beds"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said["beds"])
    expect(page.locator("main a[href='tel:+14505550110']")).to_be_visible()
    story.reads_clearly("Inès")
    page.get_by_text(said["wrong"], exact=True).click()
    page.get_by_label(said["phone"], exact=True).check()
    story.reads_clearly("Inès")
    page.get_by_role("button", name=said["tell"], exact=True).click()
    expect(page.get_by_role("heading", name=said["told"])).to_be_visible()
    story.reads_clearly("Inès")

    the_coordination_sees_to_it(story)
    log = story.site.log.read_text(encoding="utf-8", errors="replace")
    assert said["typed"] not in log
    assert "/directory/" not in log


def the_coordination_sees_to_it(story: Story) -> None:
    """One sentence at the bottom of the desk, a list, and a press for what was mended."""
    said = WORDS[story.language]
    story.signs_in("Louise")
    page = story.screen_of("Louise")
    line = page.locator(".line", has_text=said["sentence"])
    expect(line).to_be_visible()
    story.reads_clearly("Louise")
    line.get_by_role("link", name=said["list"], exact=True).click()
    story.is_on("Louise", "/directory/upkeep/")
    story.reads_clearly("Louise")
    page.get_by_role("button", name=said["mended"], exact=True).click()
    expect(page.get_by_role("button", name=said["mended"], exact=True)).to_have_count(0)


def test_an_urgent_need_leads_to_where_it_may_be_met(story: Story) -> None:
    said = WORDS[story.language]
    with story.site.at_home():
        file_id = entrust_to_ines(f"{story.name} too", age_band="14-17", cast=story.cast)
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    story.go("Inès", f"/files/{file_id}/urgent_needs/new/")
    page.get_by_role("button", name=said["shelter"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said["shelter"])
    story.reads_clearly("Inès")

    page.get_by_role("button", name=said["find"], exact=True).click()

    expect(page.get_by_role("link", name=said["beds"], exact=True)).to_be_visible()
    story.is_on("Inès", f"/files/{file_id}/accompaniments/resources/")
    story.reads_clearly("Inès")

    page.get_by_role("button", name=said["beds"]).first.click()

    story.is_on("Inès", f"/files/{file_id}/accompaniments/new/with/")
    expect(page.locator("main [name=resource] option:checked")).to_contain_text(said["beds"])
    expect(page.locator("main [name=urgent_need] option:checked")).to_have_text(said["shelter"])
    story.reads_clearly("Inès")

    page.locator("main [name=kind]").select_option("housing")
    page.get_by_role("button", name=said["sign"], exact=True).click()

    expect(page.get_by_role("heading", name=said["beds"], exact=True)).to_be_visible()
    story.reads_clearly("Inès")
