"""SC-04: a nurse refers Kim, a shelter Kimberly; Kim decides, and neither referrer learns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.accounts import limits
from spheres.core import clock
from spheres.core.actor import VISITOR
from spheres.followup.admission import actions as admission
from tests.alike import NURSE, SHELTER
from tests.cast import Cast, acting
from tests.journeys.conftest import Way
from tests.journeys.server import Site
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser

WORDS = {
    "fr": {
        "same": "Peut-être la même personne",
        "to_her": "La proposer à Inès",
        "offer": "Proposer",
        "accept": "J’accepte",
        "ask": "Lui demander et noter sa réponse",
        "note": "Noter la réponse",
        "also": "Aussi reçu\u00a0: une autre référence",
        "read": "Lire l’autre dossier",
        "goes_on": "Ouvrir le dossier qui continue",
        "two": "Ce sont deux personnes",
        "part": "Séparer les deux dossiers",
        "contact": "Nous contactons la personne si elle est d’accord",
        "see": "Voir",
        "sign": "Signer la note",
    },
    "en": {
        "same": "Perhaps the same person",
        "to_her": "Offer it to Inès",
        "offer": "Offer",
        "accept": "I accept",
        "ask": "Ask, and note the answer",
        "note": "Note the answer",
        "also": "Also received: another referral",
        "read": "Read the other file",
        "goes_on": "Open the file that goes on",
        "two": "They are two people",
        "part": "Part the two files",
        "contact": "We contact the person if they agree",
        "see": "See",
        "sign": "Sign the note",
    },
}
NAMES = ("Kim", "Sam", "Tam", "Rox")  # one for each way, so that no story meets another's


@dataclass(frozen=True)
class Referred:
    """What one referrer holds: the number and the code of a receipt."""

    file_id: UUID
    number: str
    code: str


@pytest.fixture
def story(way: Way, world: tuple[Site, Cast], chromium: Browser) -> Iterator[Story]:
    site, cast = world
    with site.at_home():  # a story reads five receipts, all from one address
        for kind in ("receipt", "receipt_day"):
            limits.forget(kind, "127.0.0.1")
    with told(site, chromium, cast, way.language, way.size, name=NAMES[way.number]) as one:
        yield one


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def refers(story: Story, name: str, referrer: dict[str, str]) -> Referred:
    """Somebody sends the public form."""
    sent = admission.Sent(
        id=uuid4(), source="professional", channel="web", agreement="yes", age_band="14-17",
        language="en", chosen_name=name, contact_channel="text", **referrer,
    )  # fmt: skip
    with story.site.at_home(), acting(VISITOR, clock.now()):
        number = admission.refer(sent, desk=story.cast.institute.id, by=VISITOR, at=clock.now())
    return Referred(admission.file_of(sent.id), number, admission.code_of(sent.id))


def reads_on_a_receipt(story: Story, who: str, referred: Referred) -> str:
    """The whole answer that a referrer is given."""
    page = story.screen_of(who)
    page.goto(f"{story.site.youth}/receipt/")
    page.locator("[name=receipt_number]").fill(referred.number)
    page.locator("[name=receipt_code]").fill(referred.code)
    press(page, WORDS[story.language]["see"])
    said = page.get_by_role("heading", level=1)
    expect(said).to_have_text(WORDS[story.language]["contact"])
    return page.locator("main").inner_text()


def takes_on(story: Story, page: Page, referred: Referred) -> None:
    """Inès accepts the one offer that waits, and is on the new file."""
    story.go("Inès", "/")
    page.locator("main a[href^='/offers/']").first.click()
    press(page, WORDS[story.language]["accept"])
    story.is_on("Inès", f"/files/{referred.file_id}/")


def test_two_referrals_of_one_person_are_joined_by_her_word_and_parted_by_it(story: Story) -> None:
    said, cast = WORDS[story.language], story.cast
    kim = refers(story, story.name, NURSE)
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", f"/desk/{kim.file_id}/")
    louise.locator(f"[name=workers][value='{cast.ines.user_id}']").check()
    press(louise, said["offer"])
    story.signs_in("Inès")
    ines = story.screen_of("Inès")
    takes_on(story, ines, kim)

    # On Wednesday the shelter writes; the desk reads a number and a worker, and calls nobody.
    kimberly = refers(story, f"{story.name}berly", SHELTER)
    story.go("Louise", "/desk/")
    line = louise.locator(".line", has_text=kimberly.number)
    expect(line).to_contain_text(said["same"])
    expect(line).to_contain_text(kim.number)
    story.reads_clearly("Louise")
    line.locator("a").click()
    expect(louise.locator("main")).not_to_contain_text(NURSE["referrer_name"])
    story.reads_clearly("Louise")
    louise.get_by_role("link", name=said["to_her"]).click()
    expect(louise.locator("[name=workers]:checked")).to_have_value(str(cast.ines.user_id))
    press(louise, said["offer"])

    # She who accompanies her by both is told, and asks her.
    takes_on(story, ines, kimberly)
    expect(ines.locator("main")).to_contain_text(said["same"])
    story.reads_clearly("Inès")
    before = [reads_on_a_receipt(story, who, one) for who, one in (("Rita", kim), ("Jo", kimberly))]
    draft = f"/files/{kimberly.file_id}/notes/new/"
    writing = ines.context.new_page()
    writing.goto(f"{story.site.staff}{draft}")
    writing.locator("[name=observation]").fill("Vue au parc.")
    ines.get_by_role("link", name=said["ask"]).click()
    story.reads_clearly("Inès")
    press(ines, said["note"])
    expect(ines.locator(".error-summary")).to_be_visible()
    story.reads_clearly("Inès")
    ines.locator("[name=answer][value=both]").check()
    press(ines, said["note"])
    story.is_on("Inès", f"/files/{kim.file_id}/")
    expect(ines.locator("main")).to_contain_text(said["also"])
    story.reads_clearly("Inès")

    # My people show her once; what was begun in the other is signed there.
    story.go("Inès", "/people/")
    expect(ines.locator(".person-name", has_text=story.name)).to_have_count(1)
    press(writing, said["sign"])
    expect(writing.locator("main")).to_contain_text("Vue au parc.")
    writing.close()
    story.go("Inès", f"/files/{kim.file_id}/")
    ines.get_by_role("link", name=said["read"]).click()
    expect(ines.locator("main")).to_contain_text("Vue au parc.")
    story.reads_clearly("Inès")
    ines.get_by_role("link", name=said["goes_on"]).click()
    story.is_on("Inès", f"/files/{kim.file_id}/")

    # Neither referrer reads anything else than before, joined or parted.
    after = [reads_on_a_receipt(story, who, one) for who, one in (("Rita", kim), ("Jo", kimberly))]
    assert before == after
    ines.locator("summary", has_text=said["two"]).click()
    press(ines, said["part"])
    expect(ines.locator("main")).not_to_contain_text(said["also"])
    expect(ines.locator("main")).not_to_contain_text(said["same"])
    story.go("Inès", "/people/")
    expect(ines.locator(".person-name", has_text=story.name)).to_have_count(2)
    assert reads_on_a_receipt(story, "Jo", kimberly) == before[1]
