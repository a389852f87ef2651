"""A session is planned, people enrol, one waits and has the place that is freed; in the room a code
says who is there, and the list is closed.

Louise plans; Inès and Samir enrol; Léa, of a school, comes by a link without an account.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.training.catalogue.models import Topic
from spheres.training.sessions import actions, rooms
from spheres.training.sessions.actions import Planned
from spheres.training.sessions.models import TrainingSession
from tests.cast import LOADER, Cast, acting, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
SAID = {
    "fr": {
        "place": "A une place", "waits": "Attend une place", "freed": "Une place s’est libérée",
        "list": "Vous êtes sur la liste", "nothing": "Rien n’a été noté", "there": "Était là",
        "came": "Votre présence est notée", "closed": "2 personnes sont venues",
    },
    "en": {
        "place": "Has a place", "waits": "Waits for a place", "freed": "A place was freed",
        "list": "You are on the list", "nothing": "Nothing was noted", "there": "Was there",
        "came": "You are noted as being there", "closed": "2 people came",
    },
}  # fmt: skip


def arranged(cast: Cast) -> Cast:
    with acting(LOADER):
        topic = Topic(
            id=uuid_of("stages"), slug="stages", position=1, kind="INITIAL", after=[],
            title_fr="Stades de changement", title_en="Stages of change", aims_fr=["Nommer."],
            aims_en=["To name."], minutes=180, languages=["fr", "en"], valid_months=36,
        )  # fmt: skip
        Topic.objects.bulk_create([topic])
    return cast


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Coralie {way.number}") as one:
        yield one


def begins_in_ten_minutes(story: Story) -> TrainingSession:
    """A session of today, which Louise planned yesterday and teaches herself."""
    louise, now = story.cast.louise, clock.now()
    session_id = uuid_of(f"{story.name} today")
    planned = Planned(
        session_id, uuid_of("stages"), "IN_PERSON", "fr", now + timedelta(minutes=10),
        now + timedelta(hours=2), 5, "Salle 4", louise.organisation_id, (louise.user_id,),
    )  # fmt: skip
    with story.site.at_home(), acting(louise, now - timedelta(days=1)):
        actions.plan(planned, by=louise, at=now - timedelta(days=1))
        return TrainingSession.objects.get(pk=session_id)


def begins_now(story: Story, session_id: UUID) -> None:
    """Ten minutes have passed."""
    with story.site.at_home(), acting(story.cast.louise, clock.now() + timedelta(minutes=11)):
        at = clock.now()
        of = TrainingSession.objects.get(pk=session_id)
        actions.close(of, by=story.cast.louise, at=at)


def test_from_the_plan_to_the_closed_list(story: Story) -> None:
    said, day = SAID[story.language], clock.today() + timedelta(days=7)

    # Louise plans one for next week, with one place; a session that ends too early is said so.
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/training/")
    louise.locator("main a[href='/training/sessions/']").click()
    story.reads_clearly("Louise")
    louise.locator("main a[href='/training/sessions/new/']").click()
    story.reads_clearly("Louise")
    louise.locator("[name=topic]").select_option(str(uuid_of("stages")))
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        louise.locator(f"main [name=held_on_{part}]").fill(str(value))
    louise.locator("[name=starts]").fill("9:00")
    louise.locator("[name=ends]").fill("8:00")
    louise.locator("[name=where]").fill("Salle 4")
    louise.locator("[name=places]").fill("1")
    louise.locator("[name=host]").select_option(str(story.cast.institute.pk))
    louise.locator("[name=trainer]").select_option(str(story.cast.louise.user_id))
    louise.locator("main form .button-primary").last.click()
    expect(louise.locator("main .error-summary")).to_be_visible()
    story.reads_clearly("Louise")
    louise.locator("[name=ends]").fill("12:00")
    louise.locator("main form .button-primary").last.click()
    louise.wait_for_url("**/training/sessions/*-*/")
    here = louise.url.removeprefix(story.site.staff)
    story.reads_clearly("Louise")

    # Inès has the place; Samir waits, and has it once she does not come any more.
    for person, stands in (("Inès", said["place"]), ("Samir", said["waits"])):
        story.signs_in(person)
        page = story.screen_of(person)
        story.go(person, here)
        page.locator(f"form[action='{here}enrol/'] button").click()
        expect(page.locator("main")).to_contain_text(stands)
        story.reads_clearly(person)
    ines, samir = story.screen_of("Inès"), story.screen_of("Samir")
    ines.locator(f"form[action='{here}leave/'] button").click()
    expect(ines.locator(f"form[action='{here}enrol/']")).to_be_visible()
    story.go("Samir", "/")
    expect(samir.locator("main")).to_contain_text(said["freed"])

    # Léa, of a school, enrols by the link of a session that begins in ten minutes.
    today = begins_in_ten_minutes(story)
    code = rooms.code_of(today.pk)
    lea = story.screen_of("Léa")
    lea.goto(f"{story.site.youth}/t/{today.link}/")
    story.reads_clearly("Léa")
    lea.locator("[name=name]").fill("Léa Fortin")
    lea.locator("[name=reach]").fill("lea.fortin@example.org")
    lea.locator("[name=place]").fill("École des Rives")
    lea.locator("[name=environment]").select_option("school")
    lea.locator("[name=agrees]").check()
    lea.locator("main form .button-primary").last.click()
    expect(lea.locator("main")).to_contain_text(said["list"])
    expect(lea.locator("main")).not_to_contain_text("Salle 4")
    story.reads_clearly("Léa")

    # In the room, a wrong code notes nothing; the right one says that she is there.
    lea.goto(f"{story.site.youth}/t/{today.link}/here/")
    for figures, answer in (("000000", said["nothing"]), (code, said["came"])):
        lea.locator("[name=room_code]").fill(figures)
        lea.locator("[name=reach]").fill("Lea.Fortin@example.org")
        lea.locator("main form .button-primary").last.click()
        expect(lea.locator("main")).to_contain_text(answer)
        story.reads_clearly("Léa")
    there = f"/training/sessions/{today.pk}/"
    story.go("Inès", there)
    ines.locator("[name=room_code]").fill(code)
    ines.locator(f"form[action='{there}here/'] button").click()
    expect(ines.locator("main")).to_contain_text(said["there"])

    # Louise reads the list, and it is closed.
    story.go("Louise", f"{there}list/")
    expect(louise.locator("main")).to_contain_text("Léa Fortin")
    expect(louise.locator("main")).to_contain_text(code)
    story.reads_clearly("Louise")
    begins_now(story, today.pk)
    story.go("Louise", f"{there}list/")
    expect(louise.locator("main")).to_contain_text(said["closed"])
    story.reads_clearly("Louise")
