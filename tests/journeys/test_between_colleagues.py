"""Do colleagues of two partners find each other, practise together, say a good word? S-163."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.regions import queries as regions
from tests.cast import Cast
from tests.journeys.conftest import Way
from tests.journeys.server import Site, served
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
SENTENCE = "Un café, dix minutes, sans ordre du jour."
LINE = "Parler dans l’auto avant de rentrer."
TITLE = "Les mots qui ouvrent"
TEXT = "Merci d’avoir pris le téléphone à cinq heures."
SUBMIT = "main form button[type=submit]"


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[tuple[Site, Cast]]:
    gathered: list[Cast] = []
    logs = tmp_path_factory.mktemp("colleagues")
    with (
        django_db_blocker.unblock(),
        served(
            "test_between_colleagues", logs=logs, prepare=lambda: gathered.append(Cast.gather())
        ) as site,
    ):
        yield site, gathered[0]
    regions.forget()


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"Nour {way.number}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def test_colleagues_of_two_partners_support_each_other(story: Story) -> None:
    # Karim offers to be reached.
    story.signs_in("Karim")
    his = story.screen_of("Karim")
    story.go("Karim", "/peers/")
    story.reads_clearly("Karim")
    his.locator("main a[href='/peers/offer/']").click()
    story.reads_clearly("Karim")
    his.locator("[name=ways][value=PHONE]").check()
    his.locator("[name=languages][value=fr]").check()
    his.locator("[name=words]").fill(SENTENCE)
    his.locator(SUBMIT).first.click()
    expect(his.locator("main .error-summary")).to_be_visible()
    story.reads_clearly("Karim")
    his.locator("[name=reach]").fill("Poste 231")
    his.locator(SUBMIT).first.click()
    story.is_on("Karim", "/peers/")
    story.reads_clearly("Karim")

    # Samir, of another partner, finds him from How I am, and keeps a line for himself.
    story.signs_in("Samir")
    page = story.screen_of("Samir")
    story.go("Samir", "/how-i-am/")
    page.locator("main a[href='/peers/']").click()
    expect(page.locator("main")).to_contain_text(SENTENCE)
    story.reads_clearly("Samir")
    page.locator("main a[href='/support-along-the-way/']").click()
    page.locator("[name=kind][value=phone]").check()
    page.locator("[name=words]").fill(LINE)
    page.locator(SUBMIT).first.click()
    expect(page.locator("main")).to_contain_text(LINE)
    story.reads_clearly("Samir")

    # He opens a group; Karim joins it and says that he comes.
    story.go("Samir", "/practice-groups/open/")
    story.reads_clearly("Samir")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=theme]").select_option("motivational")
    page.locator(SUBMIT).first.click()
    expect(page.locator("main h1")).to_contain_text(TITLE)
    where = page.url.removeprefix(story.site.staff)
    page.locator("main a[href$='/plan/']").click()
    story.reads_clearly("Samir")
    day = clock.today() + timedelta(days=7)
    for part, said in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name=day_{part}]").fill(str(said))
    page.locator("[name=hour]").fill("10:00")
    page.locator(SUBMIT).first.click()
    story.reads_clearly("Samir")
    story.go("Karim", "/practice-groups/")
    story.reads_clearly("Karim")
    story.go("Karim", where)
    story.reads_clearly("Karim")
    his.locator("main form[action$='/join/'] button").click()
    his.locator("main form[action$='/come/'] button").click()
    expect(his.locator("main")).to_contain_text("Karim, Samir")
    story.reads_clearly("Karim")

    # Where Samir stands is his alone.
    story.go("Samir", "/where-i-stand/")
    story.reads_clearly("Samir")
    page.locator("main a[href='/where-i-stand/look/']").click()
    story.reads_clearly("Samir")
    page.locator("[name=step-listen][value='3']").check()
    page.locator(SUBMIT).first.click()
    expect(page.locator("main .dots-picture")).to_be_visible()
    story.reads_clearly("Samir")

    # A good word, read by the two.
    story.go("Samir", "/good-words/write/")
    story.reads_clearly("Samir")
    page.locator("[name=to]").select_option(label="Karim · La Maison")
    page.locator("[name=text]").fill(TEXT)
    page.locator(SUBMIT).first.click()
    story.is_on("Samir", "/good-words/")
    story.go("Karim", "/good-words/")
    expect(his.locator("main")).to_contain_text(TEXT)
    story.reads_clearly("Karim")
    his.locator("main .lines a.button").first.click()
    story.reads_clearly("Karim")
    his.locator(SUBMIT).first.click()
    expect(his.locator("main")).not_to_contain_text(TEXT)

    # Withdrawn, nobody finds him any more.
    story.go("Karim", "/peers/")
    his.locator("main form[action='/peers/withdraw/'] button").click()
    story.is_on("Karim", "/peers/")
    story.go("Samir", "/peers/")
    expect(page.locator("main")).not_to_contain_text(SENTENCE)
