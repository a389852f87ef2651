"""A school asks to be trained, on the public site and without account; the coordination answers.

What looks like a young person's name is looked at again before anything is sent; Louise proposes a
day, reads the letter to copy, then says that the day is agreed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.public.tests.letters import TRAINING
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
RECEIVED = {"fr": "Votre demande est reçue", "en": "Your request is received"}
AGREED = {"fr": "Le jour est convenu", "en": "The day is agreed"}


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"École {way.number}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def answers(story: Story, outcome: str, words: str) -> None:
    louise, day = story.screen_of("Louise"), clock.today() + timedelta(days=30)
    louise.locator(f"main [name=outcome][value={outcome}]").check()
    for part in ("day", "month", "year"):
        louise.locator(f"main [name=proposed_on_{part}]").fill(str(getattr(day, part)))
    louise.locator("main [name=words]").fill(words)
    louise.locator("main form .button-primary").last.click()


def test_a_school_asks_and_the_coordination_answers(story: Story) -> None:
    # The school reads the offer, then asks.
    school = story.screen_of("Mireille")
    school.goto(f"{story.site.youth}/professionals/")
    school.locator("main a[href='/offer/']").first.click()
    story.reads_clearly("Mireille")
    school.locator("main a[href='/training/']").first.click()
    story.reads_clearly("Mireille")
    letter = TRAINING | {"organisation": story.name, "needs": "Depuis que Marie Tremblay s’absente"}
    for name, value in letter.items():
        question = school.locator(f"main [name={name}]")
        if question.first.get_attribute("type") == "radio":
            school.locator(f"main [name={name}][value='{value}']").check()
        elif name == "environment":
            question.select_option(value)
        else:
            question.fill(value)
    school.locator("main form .button-primary").last.click()
    expect(school.locator("main")).to_contain_text("Marie Tremblay")
    story.reads_clearly("Mireille")
    school.locator("main [name=needs]").fill(TRAINING["needs"])
    school.locator("main form .button-primary").last.click()
    expect(school.locator("main h1")).to_have_text(RECEIVED[story.language])
    story.reads_clearly("Mireille")
    number = school.locator("output").first.inner_text()

    # Louise finds it at the desk, proposes a day, then says that it is agreed.
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/desk/")
    louise.locator("main a[href='/training/requests/']").first.click()
    story.reads_clearly("Louise")
    louise.get_by_role("link", name=story.name, exact=True).first.click()
    expect(louise.locator("main")).to_contain_text(TRAINING["needs"])
    story.reads_clearly("Louise")
    answers(story, "PROPOSED", "Nous venons à deux.")
    expect(louise.locator("main blockquote")).to_contain_text(number)
    story.reads_clearly("Louise")
    answers(story, "AGREED", "Une salle calme suffit.")
    expect(louise.locator("main blockquote")).to_contain_text("Une salle calme suffit.")
    expect(louise.locator("main")).to_contain_text(AGREED[story.language])
    story.reads_clearly("Louise")
