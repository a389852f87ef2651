"""Does the desk type in a call, ask two workers, answer one, and does the other read so?"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.server import DESK, PHONE
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser

WORDS = {
    "fr": {
        "save": "Enregistrer la référence",
        "offer": "Proposer",
        "ask": "Demander",
        "answer": "Envoyer la réponse",
        "accept": "J’accepte",
        "said_yes": "Quelqu’un a dit oui.",
        "contact": "Nous contactons la personne si elle est d’accord",
        "closed": "Fermée",
        "see": "Voir",
    },
    "en": {
        "save": "Save the referral",
        "offer": "Offer",
        "ask": "Ask",
        "answer": "Send the answer",
        "accept": "I accept",
        "said_yes": "Someone has said yes.",
        "contact": "We contact the person if they agree",
        "closed": "Closed",
        "see": "See",
    },
}


@pytest.fixture(params=[("fr", PHONE), ("en", DESK)], ids=["fr-320", "en-1280"])
def story(request: pytest.FixtureRequest, world, chromium: Browser) -> Iterator[Story]:
    language, size = request.param
    with told(*world[:1], chromium, world[1], language, size, name=f"Lou {uuid4().hex[:4]}") as one:
        yield one


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def type_in(story: Story, page: Page, words: str) -> None:
    """A school calls about Lou; nothing is typed that the public form does not ask."""
    press(page, words)
    expect(page.locator(".error-summary")).to_be_visible()
    story.reads_clearly("Louise")
    for name, value in {
        "source": "professional", "came_by": "phone", "aware": "yes", "age_band": "14-17",
        "language": "fr", "channel": "text", "urgent": "no",
    }.items():  # fmt: skip
        page.locator(f"main [name={name}][value='{value}']").check()
    for name, value in {
        "referrer_name": "Mireille Fortin", "referrer_role": "psychoéducatrice",
        "referrer_organisation": "École des Rives", "referrer_contact": "mireille@example.org",
        "chosen_name": story.name, "reach": "450 555-0142", "hours": "15 h 30",
        "wish": "Dormir tranquille.",
    }.items():  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    press(page, words)


def test_a_call_is_typed_in_offered_to_two_asked_about_and_taken_on(story: Story) -> None:
    said, cast = WORDS[story.language], story.cast
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/desk/new/")
    story.reads_clearly("Louise")
    type_in(story, louise, said["save"])
    expect(louise.locator(".read-aloud output")).to_have_count(2)
    number, code = louise.locator(".read-aloud output").all_inner_texts()
    story.reads_clearly("Louise")

    story.go("Louise", "/desk/")
    story.reads_clearly("Louise")
    louise.locator(".line", has_text=number).locator("a").click()
    for who in (cast.ines, cast.samir):
        louise.locator(f"[name=workers][value='{who.user_id}']").check()
    press(louise, said["offer"])
    story.reads_clearly("Louise")
    desk_page = louise.url

    story.signs_in("Samir")
    samir = story.screen_of("Samir")
    samir.locator("main a[href^='/offers/']").first.click()
    offer = samir.url
    samir.locator("main summary").first.click()
    samir.locator("[name=question][value=which_hours]").check()
    story.reads_clearly("Samir")
    press(samir, said["ask"])
    story.reads_clearly("Samir")
    louise.goto(desk_page)
    louise.locator("[name=answer]").select_option("evenings")
    story.reads_clearly("Louise")
    press(louise, said["answer"])
    samir.goto(offer)
    story.reads_clearly("Samir")

    story.signs_in("Inès")
    ines = story.screen_of("Inès")
    ines.locator("main a[href^='/offers/']").first.click()
    press(ines, said["accept"])
    expect(ines.get_by_role("heading", level=1)).to_contain_text(story.name)
    press(samir, said["accept"])
    expect(samir.locator("main")).to_contain_text(said["said_yes"])
    expect(samir.locator("main")).not_to_contain_text(story.name)
    story.reads_clearly("Samir")

    referrer = story.screen_of("Mireille")
    for typed, answer in ((code, said["contact"]), ("222-222", said["closed"])):
        referrer.goto(f"{story.site.youth}/receipt/")
        story.reads_clearly("Mireille")
        referrer.locator("[name=receipt_number]").fill(number)
        referrer.locator("[name=receipt_code]").fill(typed)
        press(referrer, said["see"])
        expect(referrer.get_by_role("heading", level=1)).to_have_text(answer)
        story.reads_clearly("Mireille")
