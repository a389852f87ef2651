"""Do three persons hear it from their worker, and go on with whom they chose? SC-10."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from spheres.accounts.models import Membership
from spheres.core import clock
from tests.cast import LOADER, acting, follow
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"Nour {way.number}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def goes_on(story: Story, names: tuple[str, ...]) -> dict[str, UUID]:
    """Inès walks with these three; nobody has been told anything."""
    cast = story.cast
    with story.site.at_home():
        return {
            name: follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines).file_id
            for name in names
        }


def leaves(story: Story, days: int | None) -> None:
    """Her last day is set, or taken back so that the next story begins with her."""
    at = None if days is None else clock.now() + timedelta(days=days)
    with story.site.at_home(), acting(LOADER):
        Membership.objects.filter(user_id=story.cast.ines.user_id).update(ends_at=at)


def test_each_hears_it_from_her_worker_and_only_what_she_says_passes(story: Story) -> None:
    number = story.name[-1]
    chooses, breaks, writes = (f"{name} {number}" for name in ("Nour", "Lou", "Alix"))
    files = goes_on(story, (chooses, breaks, writes))
    leaves(story, 21)
    story.signs_in("Inès")
    story.reads_clearly("Inès")  # my day says when access ends
    page = story.screen_of("Inès")
    story.go("Inès", "/handing-over/")
    story.reads_clearly("Inès")

    def tells(name: str) -> None:
        story.go("Inès", f"/files/{files[name]}/handing-over/")
        story.is_on("Inès", f"/files/{files[name]}/handing-over/told/")
        story.reads_clearly("Inès")
        day = clock.today()
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            page.locator(f"[name=told_on_{part}]").fill(str(value))
        page.locator("main form button[type=submit]").first.click()
        story.is_on("Inès", f"/files/{files[name]}/handing-over/")

    def confirms() -> None:
        page.locator("main form button[type=submit]").first.click()
        expect(page.locator("button[name=step][value=confirm]")).to_be_visible()
        story.reads_clearly("Inès")
        page.locator("button[name=step][value=confirm]").click()
        story.is_on("Inès", "/handing-over/")

    tells(chooses)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("[name=way][value=COLLEAGUE]").check()
    page.locator("[name=colleague]").select_option(str(story.cast.yanick.user_id))
    page.locator("[name=faces][value=identity]").check()
    page.locator("[name=faces][value=contact]").check()
    confirms()
    for name, way in ((breaks, "BREAK"), (writes, "WRITING")):
        tells(name)
        page.locator(f"[name=way][value={way}]").check()
        confirms()
    story.reads_clearly("Inès")
    story.go("Inès", f"/files/{files[chooses]}/who/")
    expect(page.locator("main")).to_contain_text("Yanick")
    story.reads_clearly("Inès")

    # Yanick reads what passes, meets her, and reads the rest.
    story.signs_in("Yanick")
    theirs = story.screen_of("Yanick")
    expect(theirs.locator("main")).to_contain_text(chooses)
    expect(theirs.locator("main")).not_to_contain_text(breaks)
    theirs.locator("main a[href*='/handed/']").first.click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text(chooses)
    expect(theirs.locator("main")).not_to_contain_text("J’ai dormi")
    story.reads_clearly("Yanick")
    decline = theirs.locator("a[href$='/decline/']").get_attribute("href") or ""
    story.go("Yanick", decline)
    story.reads_clearly("Yanick")
    story.go("Yanick", decline.removesuffix("decline/"))
    theirs.locator("form[action$='/met/'] button").click()
    story.is_on("Yanick", f"/files/{files[chooses]}/")
    expect(theirs.locator("main")).to_contain_text("J’ai dormi")
    assert story.go("Inès", f"/files/{files[chooses]}/").status == 404

    # Her last minute has passed: the two who are left are counted, named nowhere, and told.
    leaves(story, 0)
    story.signs_in("Karim")
    story.go("Karim", "/handing-over/team/")
    lead = story.screen_of("Karim")
    expect(lead.locator("main")).to_contain_text("Inès")
    expect(lead.locator("main")).not_to_contain_text(breaks)
    story.reads_clearly("Karim")
    if lead.locator("[name=user]").count():
        lead.locator("[name=gone]").select_option(str(story.cast.ines.user_id))
        lead.locator("[name=user]").select_option(str(story.cast.yanick.user_id))
        lead.locator("main form button[type=submit]").last.click()
        expect(lead.locator("main")).to_contain_text("Yanick")
        story.reads_clearly("Karim")
    story.go("Yanick", "/handing-over/left/")
    expect(theirs.locator("main")).to_contain_text(writes)
    story.reads_clearly("Yanick")
    theirs.locator(f"a[href='/files/{files[writes]}/handing-over/welcome/']").click()
    story.reads_clearly("Yanick")
    day = clock.today()
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        theirs.locator(f"[name=told_on_{part}]").fill(str(value))
    theirs.locator("[name=way][value=ME]").check()
    theirs.locator("main form button[type=submit]").first.click()
    story.is_on("Yanick", f"/files/{files[writes]}/")
    leaves(story, None)


OWN = "Demander en supervision comment laisser un silence."


def test_what_she_kept_for_herself_is_told_to_her_alone_and_goes_on_paper_or_not_at_all(
    story: Story,
) -> None:
    leaves(story, None)
    story.signs_in("Inès")
    page = story.screen_of("Inès")
    story.go("Inès", "/own-notes/")
    story.reads_clearly("Inès")
    page.locator("[name=text]").fill(OWN)
    page.locator("[name=pseudonym]").fill("Jade Tremblay")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("[name=looked_again]")).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("[name=pseudonym]").fill("Hirondelle")
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", "/own-notes/")
    expect(page.locator("main .lines").last).to_contain_text("Hirondelle")
    expect(page.locator("main form[action$='/paper/']")).to_have_count(0)

    # Her last day is set: she is told, and may take it along.
    leaves(story, 21)
    story.go("Inès", "/handing-over/")
    expect(page.locator("main form[action$='/paper/'] button")).to_be_visible()
    story.reads_clearly("Inès")

    # She erases it; her lead sees nothing of it at any moment.
    story.signs_in("Karim")
    story.go("Karim", "/own-notes/")
    expect(story.screen_of("Karim").locator("main")).not_to_contain_text("Hirondelle")
    story.go("Inès", "/own-notes/")
    page.locator("main a[href='/own-notes/erase/']").click()
    story.reads_clearly("Inès")
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", "/own-notes/")
    expect(page.locator("main")).not_to_contain_text(OWN)
    story.reads_clearly("Inès")
    leaves(story, None)
