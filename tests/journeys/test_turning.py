"""Does whoever turns 25 leave without a door closing on her (SC-06)?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.followup.admission import actions as admission
from spheres.followup.admission.models import Admission
from tests.cast import MONDAY, acting, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, entrust_to_ines, told

pytestmark = pytest.mark.browser

LATER = MONDAY + timedelta(hours=1)
SOON = {"fr": "aura 25 ans", "en": "turns 25"}
NOW = {"fr": "a 25 ans", "en": "is 25"}
NEVER = {"fr": "Rien ne se ferme tout seul", "en": "Nothing closes by itself"}


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size) as one:
        yield one


def followed(story: Story, name: str, born: date) -> UUID:
    cast = story.cast
    with story.site.at_home():
        file_id = entrust_to_ines(name, age_band="18-24", cast=cast)
        with acting(cast.ines, LATER):
            conversation = admission.Conversation(
                id=uuid_of(f"admission of {name}"),
                recognition=Admission.Recognition.BOTH,
                agreed_by=Admission.AgreedBy.HERSELF,
                agreement_form=Admission.Form.ORAL,
                birth_date=born,
            )
            admission.admit(file_id, conversation, by=cast.ines, at=LATER)
    return file_id


def years_ago(years: int, *, days: int = 0) -> date:
    day = clock.today() + timedelta(days=days)
    return day.replace(year=day.year - years, day=min(day.day, 28))


def test_half_a_year_before_then_on_the_day_and_it_closes_with_a_letter(story: Story) -> None:
    mark = f"{story.language}-{story.size['width']}"
    soon = followed(story, f"Océane {mark}", years_ago(25, days=90))
    turned = followed(story, f"Sarah {mark}", years_ago(25, days=-40))
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    day = page.locator("main")
    expect(day).to_contain_text(f"Océane {mark} {SOON[story.language]}")
    expect(day).to_contain_text(f"Sarah {mark} {NOW[story.language]}")

    # Before: prepared together, in one press, and nothing closes.
    story.go("Inès", f"/files/{soon}/")
    expect(page.locator("main")).to_contain_text(SOON[story.language])
    story.reads_clearly("Inès")
    form = page.locator("form[action$='/follow-up/adulthood/']")
    if not form.is_visible():
        page.locator("main details", has=form).locator("summary").click()
    with page.expect_navigation():
        form.locator("button").click()
    story.is_on("Inès", f"/files/{soon}/")
    story.reads_clearly("Inès")

    # Past the birthday: the file is whole, one may write, and it closes with a letter when ready.
    story.go("Inès", f"/files/{turned}/")
    expect(page.locator("main")).to_contain_text(NEVER[story.language])
    story.reads_clearly("Inès")
    page.locator("main a[href$='/notes/new/']").click()
    page.get_by_label(story.words("observation")).fill("Le groupe l’attend mardi.")
    story.press("Inès", "sign")
    expect(page.locator("main")).to_contain_text("Le groupe l’attend mardi.")
    story.go("Inès", f"/files/{turned}/closing/")
    page.locator("[name=letter]").fill("Chère Sarah, un numéro à garder, et la porte ouverte.")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", f"/files/{turned}/letters/")
    story.reads_clearly("Inès")
    story.go("Inès", "/")
    expect(page.locator("main")).not_to_contain_text(f"Sarah {mark} {NOW[story.language]}")
