"""Is a round answered in the notebook and on paper, seen from eight, with what it changed?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.config import cluster
from spheres.core import clock
from spheres.portal.advisory.actions import Said
from spheres.portal.advisory.models import Round
from spheres.portal.advisory.tests.factories import gives
from tests.cast import acting
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told
from tests.journeys.test_notebook import (
    comes_in_by_keyboard,
    followed,
    nothing_stays,
    opened_beside_her,
    reads_on_a_telephone,
    telephone,
)

pytestmark = pytest.mark.browser

IN_THE_ENVELOPE = 7
WORDS = "Ne plus changer l’heure sans me le dire."
SAID = {"fr": "L’heure change sans qu’on le sache.", "en": "The hour changes and nobody says it."}
CHANGED = {"fr": "On le dit la veille.", "en": "We say it the day before."}


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    name = f"Sacha {way.number}"
    with told(*world[:1], chromium, world[1], way.language, way.size, name=name) as one:
        yield one


def opens_a_round(story: Story) -> None:
    """Louise, at the desk, for three weeks."""
    story.signs_in("Louise")
    story.go("Louise", "/advisory/")
    story.reads_clearly("Louise")
    last = clock.today() + timedelta(days=21)
    for part in ("day", "month", "year"):
        box = story.screen_of("Louise").locator(f"[name=last_day_{part}]")
        box.fill(str(getattr(last, part)))
    sends(story.screen_of("Louise"))
    story.reads_clearly("Louise")


def sends(page: Page) -> None:
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()


def types_in_an_envelope(story: Story) -> None:
    """Inès: how many first, then all of them together."""
    story.go("Inès", "/advisory/envelope/")
    page = story.screen_of("Inès")
    page.locator("[name=sheets]").fill(str(IN_THE_ENVELOPE))
    sends(page)
    expect(page.locator("[name='0-words']")).to_be_visible()
    story.reads_clearly("Inès")
    for place in range(IN_THE_ENVELOPE):
        page.locator(f"[name='{place}-LISTENED'][value=YES]").check()
    page.locator("[name='0-words']").fill("Plus de soirées.")
    sends(page)
    story.is_on("Inès", "/advisory/")


def answers_by_keyboard(page: Page) -> None:
    page.locator("[name=LISTENED][value=NO]").focus()
    page.keyboard.press("Space")
    page.locator("[name=words]").focus()
    page.keyboard.type(WORDS)
    page.locator("main form button[type=submit]").focus()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Enter")
    expect(page.locator("[name=LISTENED]")).to_have_count(0)


def seven_others_give(story: Story) -> None:
    """From their notebooks too: what is written there is read from eight of them."""
    with story.site.at_home():
        with acting(story.cast.louise, clock.now()):
            of = Round.objects.get(settled_at=None)
        for _ in range(7):
            gives(story.cast, of, Said({"LISTENED": "YES"}, ""), at=clock.now())


def is_over(story: Story) -> None:
    """Its last day has passed: by hand, for nobody who signs in brings it nearer."""
    made = cluster.from_environment().for_database(story.site.database)
    with psycopg.connect(made.owner_url, autocommit=True) as owner:
        owner.execute("select set_config('spheres.unforced', 'yes', false)")
        owner.execute("alter table advisory_round disable trigger goes_on")
        done = owner.execute("update advisory_round set ends_at = now() where settled_at is null")
        owner.execute("alter table advisory_round enable trigger goes_on")
        assert done.rowcount == 1


def test_a_round_is_answered_in_both_ways_and_she_reads_what_it_changed(
    story: Story, chromium: Browser
) -> None:
    file_id = followed(story)
    code = opened_beside_her(story, file_id)
    opened, page = telephone(story, chromium)
    opens_a_round(story)

    comes_in_by_keyboard(page, story, code)
    page.goto(f"{story.site.youth}/n/90/")
    reads_on_a_telephone(page)
    answers_by_keyboard(page)
    reads_on_a_telephone(page)
    expect(page.locator("main")).not_to_contain_text(WORDS)
    types_in_an_envelope(story)
    seven_others_give(story)

    # Nobody knows how many before the end, nor what.
    story.go("Louise", "/advisory/")
    louise = story.screen_of("Louise").locator("main")
    expect(louise).not_to_contain_text(WORDS)
    expect(louise.locator("form[action='/advisory/count/']")).to_have_count(0)
    is_over(story)
    story.go("Louise", "/advisory/")
    louise.locator("form[action='/advisory/count/'] button").click()
    story.is_on("Louise", "/advisory/settle/")
    story.reads_clearly("Louise")
    expect(louise).to_contain_text(WORDS)
    for language in ("fr", "en"):
        louise.locator(f"[name='0-said_{language}']").fill(SAID[language])
        louise.locator(f"[name='0-changed_{language}']").fill(CHANGED[language])
    sends(story.screen_of("Louise"))
    story.is_on("Louise", "/advisory/")
    story.reads_clearly("Louise")

    page.goto(f"{story.site.youth}/n/90/")
    for said in (SAID, CHANGED):
        expect(page.locator("main")).to_contain_text(said[story.language])
    expect(page.locator("main")).not_to_contain_text(WORDS)
    reads_on_a_telephone(page)
    page.emulate_media(forced_colors="active")
    reads_on_a_telephone(page)
    page.locator("[data-spheres-exit]").click()
    page.wait_for_url("https://**")
    nothing_stays(opened, page, story)
    opened.close()
