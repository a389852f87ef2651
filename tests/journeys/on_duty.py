"""How do those who keep the law of a house open its pages, and is anything in their way there?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers
from tests.journeys.duties import Duties, Shown
from tests.journeys.story import Story


def of_each(found: Mapping[str, Shown]) -> dict[str, list[Shown]]:
    """The pages of each person, in the order of their addresses."""
    mine = defaultdict(list)
    for one in sorted(found.values(), key=lambda one: (one.who, one.path)):
        mine[one.who].append(one)
    return mine


def comes_in(story: Story, duties: Duties, who: str) -> Page:
    page = story.screen_of(who)
    page.goto(f"{story.site.staff}/sign-in/")
    user_id = duties.people[who].user_id
    page.locator(f"form:has([name=user][value='{user_id}']) .door-person").click()
    expect(page).not_to_have_url(re.compile("/sign-in/$"))
    return page


def opens(story: Story, who: str, path: str) -> Page:
    """A page kept for those who have just proved who they are: the demonstration has a button."""
    story.go(who, path)
    page = story.screen_of(who)
    if "/prove/" in page.url:
        page.locator("form[action^='/prove/as/'] button").click()
        expect(page).to_have_url(f"{story.site.staff}{path}")
    return page


def in_the_way(story: Story, page: Page) -> list[tuple[str, object] | str]:
    """What keeps somebody from reading this page: what axe finds, and what leaves the screen."""
    found: list[tuple[str, object] | str] = [(rule, on) for _url, rule, on in barriers(page)]
    width = page.evaluate("document.documentElement.scrollWidth")
    return [*found, *([f"{width} px wide"] if width > story.size["width"] else [])]
