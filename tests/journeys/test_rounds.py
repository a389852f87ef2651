"""SC-17 and SC-23: before partners meet, each says alone what they think; then all look together.

Louise opens a round for the meeting of a committee; Inès and Samir answer, and nobody sees anything
before it is over; Louise counts it and says the remarks in other words; all read it at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.partners.rounds import actions
from spheres.partners.rounds.actions import Opened
from spheres.partners.rounds.models import QuestionSet, ReflectionRound
from spheres.partners.rounds.tests.factories import settled
from tests.cast import LOADER, acting, add_person, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
# Each way asks its own set: the same one, of the same people, waits for a year.
OPENED = ("situation", "around-them", "each-partner", "change")
OVER = ("who-exploits", "around-who-exploits", "each-other", "how-we-work")
GIVEN = {"fr": "Merci, votre réponse est donnée", "en": "Thank you, your answer is given"}
TOLD = {"fr": "11 personnes ont répondu.", "en": "11 people answered."}
LAST_TIME = {"fr": "La dernière fois", "en": "The last time"}
A_YEAR = timedelta(days=400)
FEW = {"fr": "Position de quelques personnes", "en": "Held by a few"}


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Océane {way.number}") as one:
        yield one


def fills_day(page: Page, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"main [name={name}_{part}]").fill(str(value))


def is_over(story: Story, slug: str, *, ago: timedelta = timedelta()) -> UUID:
    """A round of three weeks that ended this morning, or so long ago, which eleven answered."""
    cast, now, which = story.cast, clock.now() - ago, f"{story.name} {slug} {ago.days}"
    begun, round_id = now - timedelta(days=21), uuid_of(which)
    with story.site.at_home():
        with acting(LOADER, begun):
            people = [
                add_person(f"{which} {place}", where, Role.YOUTH_WORKER)
                for place, where in enumerate([cast.la_maison] * 6 + [cast.elsewhere] * 5)
            ]
        with acting(cast.louise, begun):
            asks = QuestionSet.objects.get(slug=slug, is_offered=True)
            asked = (cast.la_maison.pk, cast.elsewhere.pk)
            opened = Opened(round_id, asks, asked, now - timedelta(minutes=1))
            actions.open_round(opened, by=cast.louise, at=begun)
            of = ReflectionRound.objects.select_related("asks").get(pk=round_id)
        for place, who in enumerate(people):
            gives(of, who, place, doubts=6 if ago else 4)
        if ago:
            settled(of, cast.louise)
    return round_id


def gives(of: ReflectionRound, who: Actor, place: int, *, doubts: int) -> None:
    at, code = of.opened_at, of.asks.questions[0].code
    with acting(who, at):
        steps = {code: 1 if place < doubts else 5}
        actions.answer(of, steps=steps, remarks={code: f"Merci {place}"}, by=who, at=at)


def test_each_alone_first_then_all_together(story: Story, way: Way) -> None:
    language, today, slug = story.language, clock.today(), OPENED[way.number]
    with story.site.at_home(), acting(story.cast.louise, clock.now()):
        asks = QuestionSet.objects.get(slug=slug, is_offered=True)
    codes = [one.code for one in asks.questions]

    # Louise opens a round, from the page of partners; too few organisations is said beside them.
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/committees/")
    louise.locator("main a[href='/rounds/']").click()
    story.reads_clearly("Louise")
    louise.locator("main a[href='/rounds/open/']").click()
    story.reads_clearly("Louise")
    louise.locator(f"[name=asks][value='{asks.pk}']").check()
    louise.locator(f"[name=organisations][value='{story.cast.la_maison.pk}']").check()
    fills_day(louise, "last_day", today + timedelta(days=20))
    louise.locator("main form .button-primary").last.click()
    expect(louise.locator("main .error-summary")).to_be_visible()
    story.reads_clearly("Louise")
    louise.locator(f"[name=organisations][value='{story.cast.elsewhere.pk}']").check()
    louise.locator("main form .button-primary").last.click()
    louise.wait_for_url("**/rounds/*-*/")
    here = louise.url.removeprefix(story.site.staff)
    story.reads_clearly("Louise")

    # Inès answers alone, once; what she wrote is shown nowhere.
    story.signs_in("Inès")
    ines = story.screen_of("Inès")
    story.go("Inès", "/rounds/")
    story.reads_clearly("Inès")
    ines.locator(f"main a[href='{here}']").click()
    story.reads_clearly("Inès")
    ines.locator(f"main a[href='{here}answer/']").click()
    story.reads_clearly("Inès")
    ines.locator("main form .button-primary").last.click()
    expect(ines.locator("main .error-summary")).to_be_visible()
    story.reads_clearly("Inès")
    ines.locator(f"[name={codes[0]}-step][value='2']").check()
    ines.locator("main details summary").first.click()
    ines.locator(f"[name={codes[0]}-remark]").fill("Je doute encore.")
    ines.locator("main form .button-primary").last.click()
    story.is_on("Inès", here)
    expect(ines.locator("main")).to_contain_text(GIVEN[language])
    expect(ines.locator("main")).not_to_contain_text("Je doute encore.")
    story.reads_clearly("Inès")
    story.go("Inès", f"{here}paper/")
    story.reads_clearly("Inès")

    # Another round is over, that was held last year too: Louise counts it, and says in other words
    # what was written.
    is_over(story, OVER[way.number], ago=A_YEAR)
    there = f"/rounds/{is_over(story, OVER[way.number])}/"
    story.go("Louise", there)
    story.reads_clearly("Louise")
    louise.locator(f"form[action='{there}count/'] button").click()
    story.is_on("Louise", f"{there}settle/")
    expect(louise.locator("main")).to_contain_text("Merci 10")
    story.reads_clearly("Louise")
    line = louise.locator("main textarea").first.get_attribute("name")
    assert line is not None
    stem = line.removesuffix("-fr")
    louise.locator(f"[name={line}]").fill("On voit surtout les forces.")
    second = stem.removesuffix("0") + "1"
    louise.locator(f"[name={second}-fr]").evaluate("one => one.closest('details').open = true")
    louise.locator(f"[name={second}-fr]").fill("On voit d’abord les dangers.")
    louise.locator(f"[name={second}-few]").check()
    louise.locator("main form .button-primary").last.click()
    story.is_on("Louise", there)
    story.reads_clearly("Louise")

    # All read it: the picture, the table beside it, the position of a few; nobody’s own words.
    story.signs_in("Samir")
    samir = story.screen_of("Samir")
    story.go("Samir", there)
    expect(samir.locator("main")).to_contain_text(TOLD[language])
    expect(samir.locator("main")).to_contain_text(FEW[language])
    expect(samir.locator("main")).not_to_contain_text("Merci")
    expect(samir.locator("main svg.spread-picture").first).to_be_visible()
    samir.locator("main details summary").first.click()
    expect(samir.locator("main table").first).to_contain_text("7")
    # Beside it, what was answered a year before.
    table = samir.locator("main table").first
    expect(table.locator("thead th").last).to_have_text(LAST_TIME[language])
    rows = [table.locator("tbody tr").nth(place).locator("td") for place in (0, 4)]
    assert [row.all_inner_texts() for row in rows] == [["4", "6"], ["7", "5"]]
    story.reads_clearly("Samir")
