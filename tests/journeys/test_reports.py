"""A year is over: who writes what its figures do not say, and who reads it once it is locked?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import uuid5

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.core.actor import service
from spheres.evaluation.indicators import queries as indicators
from spheres.evaluation.indicators.models import Figure, Measure, Span
from tests.cast import acting, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
ROLLUPS = service("rollups")
WORDS = {"fr": "Une année de liens.", "en": "A year of ties."}
LOCKED = {"fr": "Rien n’y change", "en": "Nothing of it changes"}
BESIDE = {"fr": "L’année précédente", "en": "The year before"}


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Alix {way.number}") as one:
        yield one


def a_year_is_published(story: Story) -> date:
    """The last one that is over, and the one before."""
    now = clock.today()
    first = date(now.year - (2 if now.month < 4 else 1), 4, 1)
    quarters = [indicators.later(first, 3 * place) for place in range(-4, 4)]
    with story.site.at_home(), acting(ROLLUPS, clock.now()):
        rows = [
            row(Span.QUARTER, day, measure, None if place == 5 else place + 9)
            for place, day in enumerate(quarters)
            for measure in (Measure.PEOPLE, Measure.REFERRALS, Measure.FOLLOW_UPS)
        ]
        rows += [
            row(Span.MONTH, indicators.later(day, month), measure, None)
            for day in quarters
            for month in range(3)
            for measure in (Measure.REFERRALS, Measure.FOLLOW_UPS)
        ]
        Figure.objects.bulk_create(rows, ignore_conflicts=True)
    return first


def row(span: str, starts_on: date, measure: str, number: int | None) -> Figure:
    key = uuid5(uuid_of("a figure"), f"{span} {measure} {starts_on}")
    return Figure(id=key, span=span, starts_on=starts_on, measure=measure, number=number)


def test_a_year_is_told_written_in_both_languages_locked_and_read(story: Story, way: Way) -> None:
    first, said = a_year_is_published(story), story.language

    # Louise finds it from the figures, and begins the report of the year.
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/figures/")
    louise.locator("main a[href='/figures/reports/']").click()
    story.reads_clearly("Louise")
    louise.locator(f"[name=kind][value={'YEARLY' if way.number % 2 else 'FUNDER'}]").check()
    louise.locator(f"[name=year][value='{first:%Y-%m-%d}']").check()
    louise.locator("main form .button-primary").last.click()
    louise.wait_for_url("**/figures/reports/*-*/")
    here = louise.url.removeprefix(story.site.staff)
    story.reads_clearly("Louise")

    # What somebody would be recognised by is looked at again; each text is in both languages.
    louise.locator(f"main a[href='{here}words/opening/']").click()
    story.reads_clearly("Louise")
    louise.locator("[name=fr]").fill("Une année de liens, avec Mélissa Tremblay.")
    louise.locator("main form .button-primary").last.click()
    expect(louise.locator("main .error-summary")).to_be_visible()
    expect(louise.locator("main")).to_contain_text("Mélissa Tremblay")
    story.reads_clearly("Louise")
    louise.locator("[name=fr]").fill(WORDS["fr"])
    louise.locator("[name=en]").fill(WORDS["en"])
    louise.locator("main form .button-primary").last.click()
    story.is_on("Louise", here)
    expect(louise.locator("main")).to_contain_text(WORDS[said])

    # Nobody else reads it before it is locked; then all who read figures do.
    story.signs_in("Roy")
    assert story.go("Roy", here).status == 404
    louise.locator(f"form[action='{here}lock/'] button").click()
    expect(louise.locator("main")).to_contain_text(LOCKED[said])
    story.reads_clearly("Louise")
    story.go("Roy", "/figures/reports/")
    story.reads_clearly("Roy")
    roy = story.screen_of("Roy")
    roy.locator(f"main a[href='{here}']").click()
    expect(roy.locator("main")).to_contain_text(WORDS[said])
    roy.get_by_text(BESIDE[said], exact=True).first.click()
    story.reads_clearly("Roy")
    assert roy.locator(f"main a[href='{here}words/opening/']").count() == 0
    with roy.expect_download() as paper:
        roy.locator(f"main a[href='{here}paper/{said}/']").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF-")
