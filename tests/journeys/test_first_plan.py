"""Do Lou and her worker come to a first plan, and does she find it again after going back?

SC-01, «to the first plan»: two steps, both her idea. Then a return after a slip: a mark in another
direction, what she still needs, and the plan opened again when she asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.core import clock
from spheres.followup.life_plan.models import Aim, Idea, Step, StepStatus
from spheres.followup.passages import actions as passages
from spheres.participants.models import FollowUpStatus
from tests.cast import acting
from tests.journeys.conftest import Way
from tests.journeys.story import Story, entrust_to_ines, told

pytestmark = pytest.mark.browser

WORDS = {
    "fr": {
        "plan": "Plan",
        "goal": "Ajouter un but",
        "keep": "Garder",
        "step": "Ajouter un petit pas",
        "done": "C’est fait",
        "for_me": "Le garder parmi ce que j’ai à faire",
        "say": "Dire où j’en suis",
        "returned": "J’y suis retourné·e un bout",
        "part": "fait partie du chemin",
        "asked": "La personne l’a demandé : l’ouvrir ensemble",
        "needed": "Encore nécessaire",
        "food": "Manger",
        "urgent": "Besoin prioritaire",
    },
    "en": {
        "plan": "Plan",
        "goal": "Add a goal",
        "keep": "Keep",
        "step": "Add a small step",
        "done": "Done",
        "for_me": "Keep it as something for me to do",
        "say": "Say where I am",
        "returned": "I went back for a while",
        "part": "part of the way",
        "asked": "They asked: open it together",
        "needed": "Still needed",
        "food": "Food",
        "urgent": "Urgent need",
    },
}
SLEEP, SCHOOL = "Dormir sans rien devoir à personne", "Pas perdre mon année"
STEPS = {SLEEP: "L’Auberge, les vendredis", SCHOOL: "Remettre le travail de français"}


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"Lou {uuid4().hex[:4]}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def test_they_come_to_a_first_plan_and_she_finds_it_when_she_comes_back(story: Story) -> None:
    lou_is_admitted(story)
    they_open_an_empty_plan(story)
    for goal, step in STEPS.items():
        they_agree_on_a_goal(story, goal)
        she_takes_a_step(story, goal, step)
    both_steps_are_her_idea(story)
    what_she_did_not_agree_to_stays_out(story)
    she_does_a_step(story)
    she_says_where_she_is(story, "contemplation")
    she_leaves_and_comes_back(story)
    she_says_where_she_is(story, "return")
    what_she_still_needs_stands_on_her_plan(story)
    she_asks_for_what_was_written_before(story)


def words(story: Story, key: str) -> str:
    return WORDS[story.language][key]


def file_of(story: Story) -> UUID:
    return story.files[story.name]


def plan_of(story: Story) -> str:
    return f"/files/{file_of(story)}/plan/"


def keeps(story: Story) -> Page:
    """The page is read, then sent."""
    page = story.screen_of("Inès")
    story.reads_clearly("Inès")
    with page.expect_navigation():
        page.get_by_role("button", name=words(story, "keep"), exact=True).click()
    return page


def lou_is_admitted(story: Story) -> None:
    with story.site.at_home():
        story.files[story.name] = entrust_to_ines(story.name, age_band="14-17", cast=story.cast)
    story.signs_in("Inès")
    story.go("Inès", f"/files/{file_of(story)}/")
    story.they_have_the_admission_conversation()


def they_open_an_empty_plan(story: Story) -> None:
    page = story.screen_of("Inès")
    page.get_by_role("link", name=words(story, "plan"), exact=True).click()
    story.is_on("Inès", plan_of(story))
    story.reads_clearly("Inès")


def they_agree_on_a_goal(story: Story, goal: str) -> None:
    page = story.screen_of("Inès")
    page.get_by_role("link", name=words(story, "goal"), exact=True).last.click()
    page.locator("[name=line]").fill(goal)
    page.locator("[name=idea][value=HERS]").check()
    page.locator("[name=agreed][value=yes]").check()
    keeps(story)
    story.is_on("Inès", plan_of(story))
    expect(page.locator("main")).to_contain_text(goal)


def she_takes_a_step(story: Story, goal: str, step: str) -> None:
    page = story.screen_of("Inès")
    of_goal = page.locator(".plan-goal", has_text=goal)
    of_goal.get_by_role("link", name=words(story, "step"), exact=True).click()
    page.locator("[name=line]").fill(step)
    page.locator("[name=idea][value=HERS]").check()
    page.locator("[name=is_chosen][value=yes]").check()
    keeps(story)
    expect(page.locator("main")).to_contain_text(step)


def both_steps_are_her_idea(story: Story) -> None:
    with story.site.at_home(), acting(story.cast.ines):
        steps = Step.objects.filter(file_id=file_of(story)).select_related("standing")
        found = [(step.idea, step.standing.status) for step in steps]
    assert found == [(Idea.HERS, StepStatus.Status.CHOSEN)] * 2
    story.reads_clearly("Inès")


def what_she_did_not_agree_to_stays_out(story: Story) -> None:
    page = story.screen_of("Inès")
    page.get_by_role("link", name=words(story, "goal"), exact=True).last.click()
    page.locator("[name=line]").fill("Couper les ponts")
    page.locator("[name=idea][value=WORKER]").check()
    page.locator("[name=agreed][value=not_yet]").check()
    keeps(story)
    story.reads_clearly("Inès")
    with page.expect_navigation():
        page.get_by_role("button", name=words(story, "for_me"), exact=True).click()
    story.is_on("Inès", f"/files/{file_of(story)}/life_plan/tasks/")
    story.reads_clearly("Inès")
    story.go("Inès", plan_of(story))
    expect(page.locator("main")).not_to_contain_text("Couper les ponts")
    with story.site.at_home(), acting(story.cast.ines):
        assert Aim.objects.filter(file_id=file_of(story)).count() == len(STEPS)


def she_does_a_step(story: Story) -> None:
    page = story.screen_of("Inès")
    line = page.locator(".plan-steps .line", has_text=STEPS[SCHOOL])
    with page.expect_navigation():
        line.get_by_role("button", name=words(story, "done"), exact=True).click()
    story.is_on("Inès", plan_of(story))
    expect(page.locator(".traces")).to_contain_text(STEPS[SCHOOL])
    story.reads_clearly("Inès")


def she_says_where_she_is(story: Story, stage: str) -> None:
    page = story.screen_of("Inès")
    story.go("Inès", plan_of(story))
    page.get_by_role("link", name=words(story, "say"), exact=True).first.click()
    page.locator("[name=topic][value=sleep]").check()
    page.locator(f"[name=stage][value={stage}]").check()
    keeps(story)
    story.is_on("Inès", f"/files/{file_of(story)}/stage_marks/")
    expect(page.locator("main svg .stage-dot").last).to_be_visible()
    story.reads_clearly("Inès")


def she_leaves_and_comes_back(story: Story) -> None:
    """Weeks go by; the day she writes again is one more beginning, without intake."""
    ines = story.cast.ines
    with story.site.at_home():
        left_at = clock.now()
        with acting(ines, left_at):
            passages.pass_to(file_of(story), "LEFT", by=ines, at=left_at)
        back_at = left_at + timedelta(milliseconds=1)
        with acting(ines, back_at):
            passages.come_back(file_of(story), by=ines, at=back_at)
            status = FollowUpStatus.objects.filter(file_id=file_of(story)).order_by("-status_at")[0]
    assert status.status == FollowUpStatus.Status.RETURNED
    page = story.screen_of("Inès")
    story.go("Inès", f"/files/{file_of(story)}/urgent_needs/new/")
    with page.expect_navigation():
        page.get_by_role("button", name=words(story, "food"), exact=True).click()


def what_she_still_needs_stands_on_her_plan(story: Story) -> None:
    page = story.screen_of("Inès")
    story.go("Inès", plan_of(story))
    main = page.locator("main")
    expect(main).to_contain_text(words(story, "needed"))
    expect(main).to_contain_text(words(story, "food"))
    expect(main).to_contain_text(words(story, "returned"))
    expect(main).to_contain_text(words(story, "part"))
    expect(page.get_by_role("link", name=words(story, "urgent"), exact=True)).to_be_visible()
    expect(main).not_to_contain_text(SLEEP)
    story.reads_clearly("Inès")


def she_asks_for_what_was_written_before(story: Story) -> None:
    page = story.screen_of("Inès")
    page.get_by_role("link", name=words(story, "asked"), exact=True).click()
    expect(page.locator("main")).to_contain_text(SLEEP)
    expect(page.locator("main")).to_contain_text(STEPS[SLEEP])
    story.reads_clearly("Inès")
