"""Does what she chooses to tell reach whom she says, through one door, and close at her word?

SC-03 is here, but for its committee.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils.translation import override
from playwright.sync_api import Browser, Page, expect

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import service
from spheres.followup.openings import queries as openings
from spheres.followup.therapy_notes import actions as therapy
from spheres.followup.therapy_notes.tests import factories
from spheres.ui import moments
from tests.cast import LOADER, MONDAY, acting, add_person, follow, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
LOOKOUT = service("lookout")
NO_READING = {"fr": "0 lecture d’un dossier", "en": "0 readings of a file"}
WORDS = "Pouvoir aller à l’école sans être attendue."


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Océane {way.number}") as one:
        yield one


def is_followed(story: Story, name: str) -> UUID:
    cast = story.cast
    with story.site.at_home():
        found = follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
        return found.file_id


def fills_day(page: Page, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"main [name={name}_{part}]").fill(str(value))


def says_yes(page: Page) -> None:
    page.locator("main [name=given_by][value=HERSELF]").check()
    page.locator("main [name=form][value=ORAL]").check()
    page.locator("main [name=witness]").fill("Karim")
    page.locator("main input[name=language][value=fr]").check()


def test_told_for_one_meeting_seen_by_two_then_taken_back(story: Story) -> None:
    file_id, today = is_followed(story, story.name), clock.today()
    here = f"/files/{file_id}/communications/"
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    story.go("Inès", here)
    story.reads_clearly("Inès")
    page.locator(f"main a[href='{here}new/']").click()
    story.reads_clearly("Inès")
    page.locator("main a[href='?on=1']").click()
    story.reads_clearly("Inès")

    # A way to reach her is not told to a committee: it says so, and nothing typed is lost.
    police = f"{story.cast.police.pk}/{story.cast.roy.user_id}"
    page.locator("[name=to]").select_option(police)
    page.locator("[name=purpose][value=MEETING]").check()
    fills_day(page, "meeting_on", today + timedelta(days=7))
    page.locator("[name=item_NAME]").fill(story.name)
    page.locator("[name=item_NEEDS]").fill(WORDS)
    page.locator("[name=item_CONTACT]").fill("Par texto.")
    says_yes(page)
    page.locator("main form .button-primary").last.click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=item_NEEDS]")).to_have_value(WORDS)
    story.reads_clearly("Inès")
    page.locator("[name=item_CONTACT]").fill("")
    page.locator("main form .button-primary").last.click()
    story.reads_clearly("Inès")
    page.locator("button[name=step][value=confirm]").click()
    one = page.url.removesuffix("/").rpartition("/")[2]
    story.reads_clearly("Inès")

    # Nothing goes before another has decided; whoever prepared it cannot.
    story.signs_in("Roy")
    theirs = story.screen_of("Roy")
    assert story.go("Roy", f"/received/{one}/").status == 404
    story.go("Inès", f"/communications/{one}/")
    assert page.locator("main [name=decision]").count() == 0
    story.signs_in("Karim")
    karim = story.screen_of("Karim")
    story.go("Karim", "/communications/")
    story.reads_clearly("Karim")
    karim.locator(f"main a[href='/communications/{one}/']").click()
    expect(karim.locator("main")).to_contain_text(WORDS)
    story.reads_clearly("Karim")
    karim.locator("[name=decision][value=yes]").check()
    karim.locator("main form .button-primary").last.click()
    story.is_on("Karim", "/communications/")

    # He reads that and nothing else, without a name in his list; he says having received it.
    story.go("Roy", "/received/")
    expect(theirs.locator("main")).not_to_contain_text(story.name)
    story.reads_clearly("Roy")
    theirs.locator(f"main a[href='/received/{one}/']").click()
    expect(theirs.locator("main")).to_contain_text(WORDS)
    expect(theirs.locator("main")).not_to_contain_text("signer « Café »")
    story.reads_clearly("Roy")
    theirs.locator("main form button").click()
    story.is_on("Roy", f"/received/{one}/")
    story.answers_as_for_an_unknown_file("Roy", file_id)

    # Her register says it in plain words; at her word it closes there at once.
    story.go("Inès", f"{here}register/")
    expect(page.locator("main")).to_contain_text(WORDS)
    story.reads_clearly("Inès")
    story.go("Inès", f"{here}{one}/")
    page.locator("button[name=step][value=back]").click()
    story.is_on("Inès", f"{here}{one}/")
    story.reads_clearly("Inès")
    assert story.go("Roy", f"/received/{one}/").status == 404
    story.go("Roy", "/received/")
    expect(theirs.locator("main .notice").first).to_be_visible()
    story.reads_clearly("Roy")


def begins_a_therapy(story: Story, name: str) -> str:
    """At the foundation, in its own file, Dr Amrani writes three notes that he alone reads."""
    cast, now = story.cast, clock.now()
    with story.site.at_home():
        with acting(LOADER):
            elise = add_person(f"Élise {name}", cast.foundation, Role.PROFESSIONAL_SUPPORT)
        hers = follow(f"{name} F.", desk=cast.institute.pk, louise=cast.louise, worker=elise)
        with acting(elise):
            beside = uuid_of(f"Dr Amrani beside {name}")
            therapy.bring_in(hers.file_id, cast.amrani.user_id, beside, by=elise, at=MONDAY)
        for number in range(3):
            with acting(cast.amrani, now):
                note = uuid_of(f"note {number} of {name}")
                factories.write(hers.file_id, note, by=cast.amrani, at=now)
    return f"/files/{hers.file_id}/"


def test_a_survivor_is_asked_for_and_a_therapy_begun_and_the_police_learn_four_things(
    story: Story,
) -> None:
    name = f"{story.name} B"
    file_id, today = is_followed(story, name), clock.today()
    here = f"/files/{file_id}/communications/"
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    story.go("Inès", f"{here}meeting/")
    story.reads_clearly("Inès")
    page.locator("[name=item_LANGUAGE]").fill("Français")
    page.locator("[name=item_CONTACT]").fill("Par Inès.")
    fills_day(page, "first_on", today + timedelta(days=5))
    fills_day(page, "second_on", today + timedelta(days=9))
    says_yes(page)
    page.locator("main form .button-primary").last.click()
    story.reads_clearly("Inès")
    page.locator("button[name=step][value=confirm]").click()
    one = page.url.removesuffix("/").rpartition("/")[2]
    story.reads_clearly("Inès")
    story.signs_in("Karim")
    story.go("Karim", f"/communications/{one}/")
    karim = story.screen_of("Karim")
    karim.locator("[name=decision][value=yes]").check()
    karim.locator("main form .button-primary").last.click()
    story.is_on("Karim", "/communications/")

    # Meanwhile she begins a therapy. He reads four things; nowhere can he look for anybody.
    therapy_file = begins_a_therapy(story, name)
    story.signs_in("Roy")
    theirs = story.screen_of("Roy")
    story.is_on("Roy", "/received/")
    theirs.locator(f"main a[href='/received/{one}/']").click()
    expect(theirs.locator("main dl dt")).to_have_count(4)
    with override(story.language):
        dates = [moments.day(today + timedelta(days=days)) for days in (5, 9)]
    for said in (name, "Français", "Par Inès.", *dates):
        expect(theirs.locator("main dl")).to_contain_text(said)
    story.reads_clearly("Roy")
    assert theirs.locator("input[type=search], [name=q]").count() == 0
    assert story.go("Roy", "/people/").status == 403
    for address in (f"/files/{file_id}/", here, therapy_file, f"{therapy_file}who/"):
        assert story.go("Roy", address).status == 404

    # Her three notes are on one screen, their author's; her worker's has none of them.
    notes = [str(uuid_of(f"note {number} of {name}")) for number in range(3)]
    story.signs_in("Dr Amrani")
    for person, seen in (("Dr Amrani", [True] * 3), ("Inès", [False] * 3)):
        story.go(person, therapy_file)
        html = story.screen_of(person).content()
        assert [note in html for note in notes] == seen
    story.go("Dr Amrani", therapy_file)
    story.reads_clearly("Dr Amrani")

    # Somebody asks whether she comes: nobody is told, and her register says that it was asked.
    story.go("Inès", f"{here}asked/")
    story.reads_clearly("Inès")
    page.locator("[name=purpose][value=ATTENDANCE]").check()
    page.locator("[name=recipient]").fill("Me Hall, agente de probation")
    page.locator("[name=capacity]").select_option("COURT")
    page.locator("[name=reason]").fill("Savoir si elle vient. Répondu non.")
    page.locator("main form .button-primary").last.click()
    story.is_on("Inès", here)
    expect(page.locator("main")).to_contain_text("Me Hall, agente de probation")
    story.reads_clearly("Inès")

    # The nightly check lists what was read across organisations without her word: nothing.
    since, now = clock.now() - timedelta(days=1), clock.now() + timedelta(seconds=1)
    with story.site.at_home(), acting(LOOKOUT, now):
        without_ground, _seen = openings.read_across(since, now, actor=LOOKOUT)
    assert without_ground == []

    # And whoever guards privacy where she is followed reads that the police read no file.
    story.signs_in("Nadia")
    story.go("Nadia", "/openings/")
    expect(story.screen_of("Nadia").locator("main")).to_contain_text(NO_READING[story.language])
    story.reads_clearly("Nadia")
