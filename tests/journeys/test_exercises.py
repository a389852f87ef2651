"""Do a person and her worker choose an exercise, fill it in together, stop, and find it again?

One is filled on a screen made for her eyes; one begins with the tool that keeps it; a blank sheet
leaves on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.followup.exercises import queries as exercises
from spheres.followup.exercises.models import PlanSheet
from spheres.vault import actions as vault
from tests.cast import acting
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told
from tests.journeys.test_passages import followed

pytestmark = pytest.mark.browser

HELPED, PROUD = "La balançoire du parc.", "J’ai rappelé la première."
WORDS = {
    "fr": {
        "exercises": "Ouvrir les exercices",
        "spheres": "Mes sphères, et comment je vais",
        "how_i_am": "Comment je vais",
        "together": "Le faire ensemble à l’écran",
        "close": "Fermer cet écran",
        "go_on": "Continuer",
        "show": "Montrer à l’écran",
        "keep_sheet": "Garder cette feuille",
        "rather_good": "Plutôt bien",
        "weighed": "Ce qui a pesé",
        "not_finished": "À continuer",
        "strengths": "Mes forces",
        "begin": "Commencer",
        "pride": "Une fierté",
        "keep": "Garder",
        "their_strengths": "Ses forces",
        "own_words": "Dans ses mots",
    },
    "en": {
        "exercises": "Open the exercises",
        "spheres": "Spheres of life, and how I am",
        "how_i_am": "How I am",
        "together": "Do it together on the screen",
        "close": "Close this screen",
        "go_on": "Go on",
        "show": "Show it on the screen",
        "keep_sheet": "Keep this sheet",
        "rather_good": "Rather good",
        "weighed": "What weighed",
        "not_finished": "To be gone on with",
        "strengths": "My strengths",
        "begin": "Begin",
        "pride": "Something I am proud of",
        "keep": "Keep",
        "their_strengths": "Their strengths",
        "own_words": "In their words",
    },
}
STATUS_AND_KIND = """url => fetch(url).then(a => [a.status, a.headers.get("content-type")])"""


@pytest.fixture
def story(way: Way, world, chromium: Browser) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Kim {way.number}") as one:
        yield one


def test_they_choose_fill_stop_go_on_and_find_it_again(story: Story) -> None:
    file_id = followed(story)
    story.signs_in("Inès")
    they_choose_one_from_the_file(story, file_id)
    she_answers_what_she_wants_on_her_screen(story, file_id)
    they_stop_and_go_on(story, file_id)
    they_keep_it_and_she_reads_it(story)
    it_is_in_her_timeline(story, file_id)
    one_begins_with_the_tool_that_keeps_it(story, file_id)
    a_blank_sheet_leaves_on_paper(story, file_id)


def said(story: Story, key: str) -> str:
    return WORDS[story.language][key]


def goes(story: Story, key: str) -> Page:
    """Follow the link of these words, and read the page it leads to."""
    page = story.screen_of("Inès")
    page.get_by_role("link", name=said(story, key), exact=True).first.click()
    page.wait_for_load_state()
    story.reads_clearly("Inès")
    return page


def presses(story: Story, key: str) -> None:
    page = story.screen_of("Inès")
    with page.expect_navigation():
        page.get_by_role("button", name=said(story, key), exact=True).click()
    story.reads_clearly("Inès")


def they_choose_one_from_the_file(story: Story, file_id: UUID) -> None:
    story.go("Inès", f"/files/{file_id}/")
    page = goes(story, "exercises")
    story.is_on("Inès", f"/files/{file_id}/exercises/")
    # Every one of them has its line, and each purpose is one press away.
    assert page.locator(".shelf li").count() == 27
    page.get_by_role("link", name=said(story, "spheres"), exact=True).click()
    expect(page.locator("#shelf-spheres h2")).to_be_in_viewport()
    goes(story, "how_i_am")


def she_answers_what_she_wants_on_her_screen(story: Story, file_id: UUID) -> None:
    page = goes(story, "together")
    assert page.locator(".staff-rail, .staff-bar, main a").count() == 0
    assert story.name not in page.content()
    page.locator("label", has=page.locator("[name=p-sleep][value='4']")).click()
    page.locator("[name=p-helped]").fill(HELPED)


def they_stop_and_go_on(story: Story, file_id: UUID) -> None:
    presses(story, "close")
    story.is_on("Inès", f"/files/{file_id}/exercises/")
    page = story.screen_of("Inès")
    expect(page.locator("main")).to_contain_text(said(story, "not_finished"))
    goes(story, "go_on")
    expect(page.locator("[name=p-helped]")).to_have_value(HELPED)
    page.locator("[name=observation]").fill("Elle se berce en écrivant.")
    presses(story, "show")
    expect(page.locator("[name=p-helped]")).to_have_value(HELPED)
    assert "berce" not in page.content()


def they_keep_it_and_she_reads_it(story: Story) -> None:
    presses(story, "keep_sheet")
    page = story.screen_of("Inès")
    expect(page.locator("main")).to_contain_text(said(story, "rather_good"))
    expect(page.locator("main")).to_contain_text(HELPED)
    # What she skipped is not there.
    expect(page.locator("main")).not_to_contain_text(said(story, "weighed"))
    goes(story, "close")


def it_is_in_her_timeline(story: Story, file_id: UUID) -> None:
    story.go("Inès", f"/files/{file_id}/")
    page = story.screen_of("Inès")
    line = page.locator(".timeline-entry", has_text=said(story, "how_i_am")).first
    line.locator("a").first.click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text(HELPED)
    expect(page.locator("main")).to_contain_text("Elle se berce en écrivant.")
    story.reads_clearly("Inès")
    with story.site.at_home(), acting(story.cast.ines):
        [sheet] = PlanSheet.objects.filter(file_id=file_id)
        vault.open([sheet], by=story.cast.ines)
        assert exercises.answers(sheet) == {"sleep": "4", "helped": HELPED}


def one_begins_with_the_tool_that_keeps_it(story: Story, file_id: UUID) -> None:
    story.go("Inès", f"/files/{file_id}/exercises/")
    goes(story, "strengths")
    page = goes(story, "begin")
    story.is_on("Inès", f"/files/{file_id}/strengths/new/")
    page.get_by_label(said(story, "pride"), exact=True).check()
    page.locator("[name=line]").fill(PROUD)
    presses(story, "keep")
    story.is_on("Inès", f"/files/{file_id}/strengths/")
    expect(page.locator("main")).to_contain_text(PROUD)
    # It stands with her words, above what happened.
    story.go("Inès", f"/files/{file_id}/")
    card = page.locator("main .card", has_text=said(story, "own_words")).first
    expect(card).to_contain_text(said(story, "their_strengths"))
    expect(card).to_contain_text(PROUD)
    story.reads_clearly("Inès")


def a_blank_sheet_leaves_on_paper(story: Story, file_id: UUID) -> None:
    for key in ("how_i_am", "strengths"):
        story.go("Inès", f"/files/{file_id}/exercises/")
        page = goes(story, key)
        sheets = page.locator("a[href*='/blank/']").all()
        made = [page.evaluate(STATUS_AND_KIND, one.get_attribute("href")) for one in sheets]
        assert made == [[200, "application/pdf"]] * 2
