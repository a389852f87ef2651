"""A group is asked before and after a training, on the phones in the room, and without an account.

Louise shows a code; somebody answers on a phone, before, then after; Louise closes the answers and
reads what all said, together and from five.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.core.actor import VISITOR
from spheres.training.learning import actions, queries
from spheres.training.learning.actions import Opened
from spheres.training.learning.models import LearningRound, QuestionSet
from spheres.training.learning.tests.factories import SLUG, put_questions
from tests.cast import Cast, acting, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
KEPT = {"fr": "Merci, c’est gardé", "en": "Thank you, it is kept"}
FITS = {
    "fr": "Sur 5 personnes, 0 avaient choisi ce qui convient avant, et 5 après.",
    "en": "Of 5 people, 0 chose what fits before, and 5 after.",
}
PHONE = "somebody in the room"


def arranged(cast: Cast) -> Cast:
    put_questions()
    return cast


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Océane {way.number}") as one:
        yield one


def asks(story: Story) -> LearningRound:
    """Sessions are planned elsewhere: this one is today."""
    louise, now, which = story.cast.louise, clock.now(), uuid_of(f"{story.name} group")
    with story.site.at_home(), acting(louise, now):
        opened = Opened(which, QuestionSet.objects.get(slug=SLUG), uuid4(), clock.day_of(now))
        actions.open_round(opened, by=louise, at=now)
        found = queries.find(which, actor=louise)
    assert found is not None
    return found


def others_answer(story: Story, of: LearningRound, step: int, tries: str = "") -> None:
    """Four more phones."""
    now = clock.now()
    with story.site.at_home(), acting(VISITOR, now):
        found = queries.in_room(of.code, actor=VISITOR, at=now)
        assert found is not None
        for number in range(4):
            actions.answer(
                found, uuid4(), own=f"CD{number:02}", steps={"words": step, "ready": step + 2},
                tries=f"{tries} {number}" if tries else "", by=VISITOR, at=now,
            )  # fmt: skip


def test_before_after_and_what_all_said(story: Story) -> None:
    language, of = story.language, asks(story)
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/learning/")
    story.reads_clearly("Louise")
    louise.locator(f"main a[href='/learning/{of.pk}/']").click()
    expect(louise.locator("main .learning-code")).to_have_text(of.said_code)
    story.reads_clearly("Louise")

    # On a phone: the code of the room, a code of one's own typed wrongly, then well.
    phone = story.screen_of(PHONE)
    phone.goto(f"{story.site.youth}/room/")
    story.reads_clearly(PHONE)
    phone.locator("[name=room]").fill(of.said_code.lower())
    phone.locator("main [type=submit]").click()
    expect(phone.locator("main [name=own]")).to_be_visible()
    story.reads_clearly(PHONE)
    phone.locator("[name=words][value='2']").check()
    phone.locator("[name=own]").fill("b2")
    phone.locator("main [type=submit]").click()
    expect(phone.locator("main .error-summary")).to_be_visible()
    story.reads_clearly(PHONE)
    phone.locator("[name=own]").fill("ab 12")
    phone.locator("main [type=submit]").click()
    expect(phone.locator("main h1")).to_have_text(KEPT[language])
    story.reads_clearly(PHONE)
    others_answer(story, of, 2)

    # After: the same page, the same code, and what one will try.
    louise.locator(f"form[action='/learning/{of.pk}/after/'] button").click()
    close = louise.locator(f"form[action='/learning/{of.pk}/close/'] button")
    expect(close).to_be_visible()
    story.reads_clearly("Louise")
    phone.goto(f"{story.site.youth}/room/{of.code.lower()}/")
    phone.locator("[name=own]").fill("AB12")
    phone.locator("[name=words][value='1']").check()
    phone.locator("[name=tries]").fill("Écouter plus longtemps.")
    story.reads_clearly(PHONE)
    phone.locator("main [type=submit]").click()
    expect(phone.locator("main h1")).to_have_text(KEPT[language])
    others_answer(story, of, 1, "Essai")

    # Closed: what all said, the picture, the table beside it, what they will try.
    close.click()
    expect(louise.locator("main")).to_contain_text(FITS[language])
    expect(louise.locator("main")).to_contain_text("Écouter plus longtemps.")
    expect(louise.locator("main svg.spread-picture").first).to_be_visible()
    louise.locator("main details summary").first.click()
    expect(louise.locator("main table").first).to_contain_text("5")
    story.reads_clearly("Louise")
    phone.goto(f"{story.site.youth}/room/{of.code.lower()}/")
    expect(phone.locator("main [name=own]")).to_have_count(0)
