"""Is it written with her who does what for her, read by her, and are the rules plain to anybody?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.followup.consents import actions as consents
from spheres.participants import queries as participants
from tests.cast import acting, follow
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
WHAT = "Un lit les jeudis, sans avoir à raconter."
THERE = "Le dimanche est possible aussi."
NEXT = "Choisir si le dimanche compte aussi"


@pytest.fixture
def story(request: pytest.FixtureRequest, world, chromium: Browser, way: Way) -> Iterator[Story]:
    """Each story of this module has a person of its own."""
    site, cast = world
    name = "Rosalie" if "rules_are_there" in request.node.name else "Aurélie"
    name = f"{name} {way.number}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def test_she_reads_who_does_what_and_the_rules_are_there_for_anybody(story: Story) -> None:
    cast = story.cast
    with story.site.at_home():
        found = follow(story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    here = f"/files/{found.file_id}/parts/"
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    # Nobody is written yet; Inès writes it with her.
    story.go("Inès", here)
    story.reads_clearly("Inès")
    page.locator(f"main a[href='{here}new/']").click()
    story.reads_clearly("Inès")
    page.locator("[name=organisation]").select_option(str(cast.elsewhere.pk))
    page.locator("[name=what]").fill(WHAT)
    page.locator("[name=next_step]").fill(NEXT)
    page.locator("main form [type=submit]").click()
    expect(page.locator("main")).to_contain_text(WHAT)
    story.reads_clearly("Inès")

    # She sees the same page, in words that are said to her.
    page.locator(f"main a[href='{here}together/']").click()
    expect(page.locator("main")).to_contain_text(NEXT)
    story.reads_clearly("Inès")

    # The rules are there for anybody of the programme, one press away from her own page.
    story.go("Inès", f"/files/{found.file_id}/who/")
    page.locator("main a[href='/rights/']").click()
    story.reads_clearly("Inès")
    page.locator("main details summary").first.click()
    story.reads_clearly("Inès")


def test_a_partner_reads_its_own_part_says_what_comes_next_and_reads_nothing_once_it_is_over(
    story: Story,
) -> None:
    cast, now = story.cast, clock.now()
    with story.site.at_home():
        found = follow(story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
        with acting(cast.ines, now):
            person = participants.header(found.file_id, actor=cast.ines)
            assert person is not None
            said = consents.Given(
                id=uuid4(), organisation_id=cast.elsewhere.pk, sections=("summary",),
                purpose="coordination", given_by="HERSELF", form="ON_SCREEN", language="fr",
                text_version="2026-11", ends_on=clock.today() + timedelta(days=60),
            )  # fmt: skip
            consents.give(found.file_id, said, person=person, by=cast.ines, at=now)
    here = f"/files/{found.file_id}/parts/"
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    # With her, Inès writes it, and she agrees that this partner reads its own part.
    story.go("Inès", f"{here}new/")
    page.locator("[name=organisation]").select_option(str(cast.elsewhere.pk))
    page.locator("[name=what]").fill(WHAT)
    page.locator("[name=next_step]").fill(NEXT)
    page.locator("[name=is_shown]").check()
    page.locator("main form [type=submit]").click()
    expect(page.locator("main")).to_contain_text(WHAT)
    story.reads_clearly("Inès")

    # Samir reads it on the page of what she shares, and says what comes next; nothing of others.
    story.signs_in("Samir")
    theirs = story.screen_of("Samir")
    story.go("Samir", "/sharing/")
    theirs.locator("main a", has_text=story.name).click()
    expect(theirs.locator("main")).to_contain_text(WHAT)
    story.reads_clearly("Samir")
    theirs.locator("main a[href*='/parts/']").click()
    story.reads_clearly("Samir")
    address = theirs.url.removeprefix(story.site.staff)
    theirs.locator("[name=next_step]").fill(THERE)
    theirs.locator("main form [type=submit]").click()
    expect(theirs.locator("main")).to_contain_text(THERE)
    story.reads_clearly("Samir")

    # Inès reads it beside the part; once it is over, nobody there reads it any more.
    story.go("Inès", here)
    expect(page.locator("main")).to_contain_text(THERE)
    story.reads_clearly("Inès")
    page.locator(f"main a[href^='{here}']:not([href$='/new/']):not([href$='/together/'])").click()
    page.locator("[name=is_over]").check()
    page.locator("main form [type=submit]").click()
    story.is_on("Inès", here)
    story.reads_clearly("Inès")
    assert story.go("Samir", address).status == 404
