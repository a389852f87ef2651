"""A hospital's social worker asks for advice, names nobody, and is answered the same day (SC-16).

A name is refused and nothing typed is lost; Louise calls; the professional comes back with her
code. Later she writes a referral herself: nothing of what was said is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from spheres.accounts import limits
from spheres.public.tests.letters import ADVICE
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
WHO = "Mireille"
RECEIVED = {"fr": "Votre demande est reçue", "en": "Your request is received"}
ANSWERED = {"fr": "Vous avez une réponse", "en": "You have an answer"}
CALLED = {"fr": "Nous nous sommes parlé au téléphone.", "en": "We spoke on the telephone."}
NAMES = {"fr": "nomme quelqu’un", "en": "names somebody"}
THANKS = {"fr": "Merci", "en": "Thank you"}
CLOSED = {"fr": "Cette demande est fermée", "en": "This request is closed"}
NOTHING = {"fr": "Rien sous ce code", "en": "Nothing under this code"}


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with site.at_home():
        for kind in ("advice", "advice_day", "answer", "answer_day"):
            limits.forget(kind, "127.0.0.1")
    with told(site, chromium, cast, way.language, way.size, name=f"Lou {way.number}") as one:
        yield one


def sends(story: Story) -> None:
    story.screen_of(WHO).locator("main form .button-primary").last.click()


def opens_with(story: Story, code: str) -> None:
    page = story.screen_of(WHO)
    page.goto(f"{story.site.youth}/advice/answer/")
    page.locator("main [name=advice_code]").fill(code)
    sends(story)


def test_a_professional_is_answered_and_later_refers_by_herself(story: Story) -> None:
    # She asks, from the page for professionals; a whole name is refused.
    asker = story.screen_of(WHO)
    asker.goto(f"{story.site.youth}/professionals/")
    asker.locator("main a[href='/advice/']").first.click()
    story.reads_clearly(WHO)
    worry = f"Une patiente revient avec un téléphone neuf, {story.name[-1]} fois."
    for name, value in (ADVICE | {"worries": "Marie Tremblay revient tard."}).items():
        question = asker.locator(f"main [name={name}]")
        if question.first.get_attribute("type") == "radio":
            asker.locator(f"main [name={name}][value='{value}']").check()
        else:
            question.fill(value)
    sends(story)
    expect(asker.locator("main")).to_contain_text(NAMES[story.language])
    expect(asker.locator("main [name=reach]")).to_have_value(ADVICE["reach"])
    story.reads_clearly(WHO)
    asker.locator("main [name=worries]").fill(worry)
    sends(story)
    expect(asker.locator("main h1")).to_have_text(RECEIVED[story.language])
    story.reads_clearly(WHO)
    code = asker.locator("output.receipt-code").inner_text()

    # Louise calls her the same day.
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/desk/")
    louise.locator("main a[href='/support/advice/']").first.click()
    story.reads_clearly("Louise")
    louise.get_by_role("link", name=ADVICE["role"], exact=True).first.click()
    expect(louise.locator("main")).to_contain_text(worry)
    story.reads_clearly("Louise")
    here = louise.url.removeprefix(story.site.staff)
    louise.locator("main [name=way][value=PHONE]").check()
    louise.locator("main [name=outcomes][value=equipped]").check()
    louise.locator("main form:has([name=way]) .button-primary").click()
    expect(louise.locator("main ol.lines li")).to_have_count(1)
    story.reads_clearly("Louise")

    # Nobody else finds it: another organisation's worker, the police, whoever guesses a code.
    for person in ("Samir", "Roy"):
        story.signs_in(person)
        answer = story.go(person, here)
        assert (person, answer.status) == (person, 404)
        story.reads_clearly(person)
    opens_with(story, "2222-2222-2222")
    expect(asker.locator("main h1")).to_have_text(NOTHING[story.language])
    story.reads_clearly(WHO)

    # She reads with her code, says how it was, and that it is done.
    opens_with(story, code)
    expect(asker.locator("main h1")).to_have_text(ANSWERED[story.language])
    expect(asker.locator("main")).to_contain_text(CALLED[story.language])
    assert code not in asker.url
    story.reads_clearly(WHO)
    asker.locator("main [name=clearer][value=YES]").check()
    asker.locator("main [name=equipped][value=PARTLY]").check()
    asker.locator("main form:has([name=clearer]) button").click()
    expect(asker.locator("main")).to_contain_text(THANKS[story.language])
    asker.locator("main form:has([name=do][value=done]) button").click()
    expect(asker.locator("main h1")).to_have_text(CLOSED[story.language])
    story.reads_clearly(WHO)

    # The young person agrees: a new form, and nothing comes along.
    asker.locator("main a[href='/referral/']").first.click()
    assert re.search(re.escape(worry), asker.content()) is None
    assert asker.locator("main [name=wish]").input_value() == ""
