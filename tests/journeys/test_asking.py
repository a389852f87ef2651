"""Does somebody on a watched phone ask, come back, read and erase; and does the desk answer?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.accounts import limits
from tests.journeys.barriers import barriers
from tests.journeys.server import DESK, PHONE, Site, window
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser

ASKED = "Est-ce que je peux vous parler sans que ma mère le sache?"
WORDS = {
    "fr": {
        "ask": "Poser une question", "send": "Envoyer", "got": "On a reçu ta question",
        "have": "J’ai déjà un code", "read": "Lire", "none": "Pas encore de réponse",
        "answer": "Laisser la réponse", "there": "Il y a une réponse", "add": "Ajouter",
        "meet": "J’aimerais rencontrer quelqu’un", "open": "Ouvrir le formulaire",
        "question": "Ma première question", "mine": "Je veux de l’aide pour moi",
        "stop": "Arrêter, tout effacer", "erase": "Tout effacer maintenant",
        "erased": "C’est effacé", "nothing": "Rien sous ce code",
        "hand": "Confier à cette personne",
    },
    "en": {
        "ask": "Ask a question", "send": "Send", "got": "We got your question",
        "have": "I already have a code", "read": "Read", "none": "No answer yet",
        "answer": "Leave the answer", "there": "There is an answer", "add": "Add",
        "meet": "I would like to meet someone", "open": "Open the form",
        "question": "My first question", "mine": "I want help for me",
        "stop": "Stop, erase it now", "erase": "Erase everything now",
        "erased": "It is erased", "nothing": "Nothing under this code",
        "hand": "Ask this person",
    },
}  # fmt: skip


@pytest.fixture(params=["fr", "en"])
def story(request: pytest.FixtureRequest, world, chromium: Browser) -> Iterator[Story]:
    site, cast = world
    with site.at_home():
        for kind in ("question", "question_day", "answer", "answer_day"):
            limits.forget(kind, "127.0.0.1")
    with told(site, chromium, cast, request.param, DESK, name=f"Lou {uuid4().hex[:4]}") as one:
        yield one


@pytest.fixture
def phone(story: Story, chromium: Browser) -> Iterator[Page]:
    """Her phone, on which no script runs."""
    with chromium.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        java_script_enabled=False,
        reduced_motion="reduce",
    ) as opened:
        opened.set_default_timeout(10_000)
        if story.language == "en":
            cookie = {"name": "django_language", "value": "en", "url": story.site.youth}
            opened.add_cookies([cookie])  # type: ignore[list-item]
        yield opened.new_page()


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def title(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def comes_back(page: Page, site: Site, code: str, said: dict[str, str]) -> None:
    """From the first page, by what it says."""
    page.goto(site.youth)
    page.get_by_role("link", name=said["ask"]).click()
    page.get_by_role("link", name=said["have"]).click()
    page.locator("[name=answer_code]").fill(code)
    press(page, said["read"])


def test_a_question_is_asked_answered_and_erased_from_a_phone_without_script(
    story: Story, phone: Page
) -> None:
    said, site = WORDS[story.language], story.site
    phone.goto(site.youth)
    phone.get_by_role("link", name=said["ask"]).click()
    phone.locator("[name=words]").fill(ASKED)
    press(phone, said["send"])
    title(phone, said["got"])
    code = phone.locator("output").inner_text()
    assert re.fullmatch(r"(?:[2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}", code)
    comes_back(phone, site, code, said)
    title(phone, said["none"])

    story.signs_in("Louise")
    story.go("Louise", "/desk/")
    story.reads_clearly("Louise")
    story.go("Louise", "/questions/")
    story.reads_clearly("Louise")
    louise = story.screen_of("Louise")
    louise.locator("a.queue-sentence", has_text="sans que ma mère").click()
    story.reads_clearly("Louise")
    louise.locator("[name=worker]").select_option(str(story.cast.ines.user_id))
    press(louise, said["hand"])
    story.signs_in("Inès")
    ines = story.screen_of("Inès")
    ines.locator("main a[href^='/questions/']").first.click()
    story.reads_clearly("Inès")
    ines.locator("textarea[name=words]").fill("Oui. Tu choisis où et quand.")
    press(ines, said["answer"])
    expect(ines.locator("main")).to_contain_text("Tu choisis où et quand.")

    comes_back(phone, site, code, said)
    title(phone, said["there"])
    expect(phone.locator("main")).to_contain_text("Tu choisis où et quand.")
    expect(phone.locator("main")).not_to_contain_text("Inès")
    assert phone.url == f"{site.youth}/answer/"
    assert code not in phone.title()
    phone.locator("textarea[name=words]").fill("Merci.")
    press(phone, said["add"])
    expect(phone.locator("main")).to_contain_text("Merci.")

    phone.locator("summary", has_text=said["meet"]).click()
    phone.get_by_label(said["question"]).check()
    press(phone, said["open"])
    title(phone, said["mine"])
    expect(phone.locator("[name=wish]")).to_have_value(ASKED)
    assert code not in phone.content()

    comes_back(phone, site, code, said)
    phone.locator("summary", has_text=said["stop"]).click()
    press(phone, said["erase"])
    title(phone, said["erased"])
    comes_back(phone, site, code, said)
    title(phone, said["nothing"])
    assert {cookie["name"] for cookie in phone.context.cookies()} <= {"django_language"}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_her_pages_have_no_barrier_and_leave_one_line_of_history(
    story: Story, chromium: Browser, size: dict[str, int]
) -> None:
    said, site = WORDS[story.language], story.site
    with window(chromium, language=story.language, size=size, site=site) as opened:
        page = opened.new_page()
        page.goto(f"{site.youth}/ask/")
        found = [barriers(page)]
        press(page, said["send"])
        found.append(barriers(page))
        page.locator("[name=words]").fill("Jade Tremblay m’a dit d’écrire au 514 555-0188.")
        press(page, said["send"])
        found.append(barriers(page))
        page.locator("[name=words]").fill(ASKED)
        press(page, said["send"])
        found.append(barriers(page))
        code = page.locator("output").inner_text()
        page.goto(f"{site.youth}/answer/")
        found.append(barriers(page))
        page.locator("[name=answer_code]").fill(code)
        press(page, said["read"])
        page.get_by_text(said["stop"], exact=True).wait_for()  # the answer takes the page's place
        for summary in page.locator("main summary").all():
            summary.click()
        found.append(barriers(page))
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        press(page, said["erase"])
        found.append(barriers(page))

    assert (found, wide) == ([[]] * 7, 0)
