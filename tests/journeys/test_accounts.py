"""Are accounts looked after without a barrier: letting in, leaving, coming back, taking a role?"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.accounts.models import Role
from spheres.core import clock
from tests.cast import LOADER, Cast, acting, add_person
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser

# What is taken on stays taken on: another role in each story.
ROLES = {
    "Prudence 0": "trainer",
    "Prudence 1": "researcher",
    "Prudence 2": "awareness_contributor",
    "Prudence 3": "finance",
}
MANAGER, ELSEWHERE, SECOND = "Carole", "Denise", "Nadia"


def arranged(cast: Cast) -> Cast:
    with acting(LOADER):
        add_person(MANAGER, cast.la_maison, Role.ORGANISATION_MANAGER)
        add_person(ELSEWHERE, cast.elsewhere, Role.ORGANISATION_MANAGER)
        # One person for each story, since what a story ends stays ended.
        for number in range(4):
            add_person(f"Prudence {number}", cast.la_maison, Role.YOUTH_WORKER)
    return cast


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"Prudence {way.number}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def opens(story: Story, person: str, path: str) -> Page:
    """A page kept for those who have just proved who they are; the demonstration has a button."""
    story.go(person, path)
    page = story.screen_of(person)
    if "/prove/" in page.url:
        story.reads_clearly(person)
        page.locator("form[action^='/prove/as/'] button").click()
        expect(page).to_have_url(f"{story.site.staff}{path}")
    story.reads_clearly(person)
    return page


def sends(story: Story, person: str) -> Page:
    """The form of this page, by its first button."""
    page = story.screen_of(person)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    story.reads_clearly(person)
    return page


def today(page: Page, name: str) -> None:
    day = clock.today()
    for part in ("day", "month", "year"):
        asked = page.locator(f"[name={name}_{part}]")
        asked.fill(str(getattr(day, part)))


def path_in(page: Page, name: str, ending: str) -> str:
    link = page.locator("li", has=page.locator(f"strong:text-is('{name}')")).locator(
        f"a[href$='{ending}']"
    )
    return link.get_attribute("href") or ""


def test_a_manager_lets_somebody_in(story: Story) -> None:
    story.signs_in(MANAGER)
    page = opens(story, MANAGER, "/members/invite/")

    refused = sends(story, MANAGER)
    expect(refused.locator(".error-summary")).to_be_visible()
    name = f"Marie-Ève de la Chevrotière {uuid4().hex[:4]}"
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(f"{uuid4().hex[:8]}@example.org")
    page.locator("[name=role]").select_option("youth_worker")
    page.locator("[name=job_title_fr]").fill("Intervenante")
    page.locator("[name=employer]").select_option(index=1)
    page.locator("[name=report_duty]").first.check()
    today(page, "seen_on")
    sends(story, MANAGER)

    link = page.locator(".to-copy").inner_text()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    stranger = story.screen_of(name)
    stranger.goto(link)
    expect(stranger.locator("main")).to_contain_text(name)
    story.reads_clearly(name)


def test_a_manager_says_when_somebody_leaves(story: Story) -> None:
    story.signs_in(MANAGER)
    story.go(MANAGER, "/members/")
    page = story.screen_of(MANAGER)
    story.reads_clearly(MANAGER)
    leaving, again = (path_in(page, story.name, end) for end in ("/end/", "/invite/"))

    opens(story, MANAGER, again)
    opens(story, MANAGER, leaving)
    page.locator("[name=when][value=ON]").check()
    sends(story, MANAGER)
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("[name=when][value=NOW]").check()
    sends(story, MANAGER)

    story.is_on(MANAGER, "/members/")
    expect(page.locator(f"strong:text-is('{story.name}')")).to_have_count(0)


def test_the_manager_confirms_who_still_works_here(story: Story) -> None:
    story.signs_in(MANAGER)
    page = opens(story, MANAGER, "/members/confirm/")

    expect(page.locator("main")).to_contain_text("Inès")
    sends(story, MANAGER)

    story.is_on(MANAGER, "/members/confirm/")


def test_two_people_vouch_for_whoever_lost_everything(story: Story) -> None:
    story.signs_in(MANAGER)
    opens(story, MANAGER, "/recoveries/")
    page = opens(story, MANAGER, "/recoveries/new/")
    refused = sends(story, MANAGER)
    expect(refused.locator(".error-summary")).to_be_visible()
    yanick, nadia = (str(one.user_id) for one in (story.cast.yanick, story.cast.nadia))
    page.locator("[name=person]").select_option(yanick)
    page.locator("[name=second]").select_option(nadia)
    today(page, "seen_on")
    sends(story, MANAGER)
    story.is_on(MANAGER, "/recoveries/")

    story.signs_in(SECOND)
    story.go(SECOND, "/recoveries/")
    story.reads_clearly(SECOND)
    second = story.screen_of(SECOND)
    opens(story, SECOND, second.locator("a[href$='/vouch/']").get_attribute("href") or "")
    today(second, "seen_on")
    sends(story, SECOND)
    story.is_on(SECOND, "/recoveries/")

    story.go(MANAGER, "/recoveries/")
    story.reads_clearly(MANAGER)
    assert page.locator("form[action$='/link/']").count() == 0  # a whole day passes first
    page.locator("form[action$='/stop/'] button").first.click()
    story.reads_clearly(MANAGER)


def test_whoever_works_elsewhere_says_yes_to_a_role_signed_in(story: Story) -> None:
    story.signs_in(ELSEWHERE)
    page = opens(story, ELSEWHERE, "/members/invite/")
    page.locator("[name=name]").fill("Karim")
    page.locator("[name=email]").fill("karim@example.org")
    page.locator("[name=role]").select_option(ROLES[story.name])
    page.locator("[name=job_title_fr]").fill("Formatrice")
    page.locator("[name=employer]").select_option(index=1)
    page.locator("[name=report_duty]").first.check()
    today(page, "seen_on")
    sends(story, ELSEWHERE)
    link = page.locator(".to-copy").inner_text()

    story.signs_in("Karim")
    his = opens(story, "Karim", link.removeprefix(story.site.staff))
    expect(his.locator("main")).to_contain_text("Ailleurs")
    sends(story, "Karim")

    story.is_on("Karim", "/account/")
