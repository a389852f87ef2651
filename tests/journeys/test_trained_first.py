"""A newcomer is given no file until she is trained and has signed; then a file opens.

Farah reads what is missing and whom to ask, enrols, and is there by the code shown in the room.
Louise closes the list; the certificate is checked by somebody without account; the undertaking is
signed, and only then is a referral offered to Farah, who opens the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from time import sleep
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.privacy.undertakings import actions as undertakings
from spheres.training.attestations.models import AskedTopics
from spheres.training.catalogue.models import Topic
from spheres.training.sessions import actions, rooms
from spheres.training.sessions.actions import Moved, Planned
from spheres.training.sessions.models import TrainingSession
from tests.cast import LOADER, Cast, acting, add_organisation, add_person, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
CLINIC, SESSION = "clinique", "Salle des Bouleaux"
SAID = {
    "fr": {
        "begins": "Avant qu’un premier dossier", "ask": "Demandez à la coordination",
        "topic": "Stades de changement", "place": "A une place", "there": "Était là",
        "valid": "Valide", "stands": "Tout ce qui vous est demandé est en règle",
    },
    "en": {
        "begins": "Before a first file", "ask": "Ask the coordination",
        "topic": "Stages of change", "place": "Has a place", "there": "Was there",
        "valid": "Valid", "stands": "All that is asked of you",
    },
}  # fmt: skip


def arranged(cast: Cast) -> Cast:
    """A health institution that asks for one training, and has just made four accounts."""
    with acting(LOADER):
        clinic = add_organisation(CLINIC, "institution", regime=Organisation.Regime.HEALTH)
        officer = add_person("Simon", clinic, Role.PRIVACY_OFFICER)
        for number in range(4):
            add_person(f"Farah {number}", clinic, Role.YOUTH_WORKER)
        topic = Topic(
            id=uuid_of("stages"), slug="stages", position=1, kind="INITIAL", after=[],
            title_fr="Stades de changement", title_en="Stages of change", aims_fr=["Nommer."],
            aims_en=["To name."], minutes=180, languages=["fr", "en"], valid_months=36,
        )  # fmt: skip
        Topic.objects.bulk_create([topic])
        asked = AskedTopics(
            id=uuid_of("asked"), organisation_id=clinic.pk, begin=["stages"], renew=["stages"]
        )
        AskedTopics.objects.bulk_create([asked])
    at = clock.now()
    text = undertakings.Text(uuid_of("undertaking"), "Je garde pour moi.", "I keep to myself.", at)
    with acting(officer, at):
        undertakings.adopt(text, by=officer, at=at)
    return cast


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Noa {way.number}") as one:
        yield one


def begins_soon(story: Story) -> UUID:
    """A session that Louise teaches, in ten minutes: the code of its room counts already."""
    louise, at = story.cast.louise, clock.now()
    planned = Planned(
        uuid_of(f"{story.name} session"), uuid_of("stages"), "IN_PERSON", "fr",
        at + timedelta(minutes=10), at + timedelta(hours=2), 5, SESSION, louise.organisation_id,
        (louise.user_id,),
    )  # fmt: skip
    with story.site.at_home(), acting(louise, at):
        actions.plan(planned, by=louise, at=at)
    return planned.id


def begins_at_once(story: Story, session_id: UUID) -> None:
    """Everybody is there: Louise moves the beginning to this very moment."""
    louise, at = story.cast.louise, clock.now()
    with story.site.at_home(), acting(louise, at):
        of = TrainingSession.objects.get(pk=session_id)
        to = Moved(at + timedelta(milliseconds=50), of.ends_at, of.mode, of.where, of.places)
        actions.change(of, to, by=louise, at=at)
    sleep(0.1)


def opens(story: Story, person: str, path: str) -> Page:
    """A page kept for those who have just proved who they are; the demonstration has a button."""
    story.go(person, path)
    page = story.screen_of(person)
    if "/prove/" in page.url:
        page.locator("form[action^='/prove/as/'] button").click()
        expect(page).to_have_url(f"{story.site.staff}{path}")
    story.reads_clearly(person)
    return page


def test_a_newcomer_opens_no_file_until_she_is_trained_then_does(story: Story) -> None:
    said, number = SAID[story.language], story.name.rpartition(" ")[2]
    farah = f"Farah {number}"
    session_id = begins_soon(story)
    there = f"/training/sessions/{session_id}/"

    # Nothing is given to her: what is missing is said, with whom to ask.
    story.signs_in(farah)
    page = opens(story, farah, "/undertaking/")
    expect(page.locator("main")).to_contain_text(said["begins"])
    page.locator("main a[href='/training/mine/']").click()
    expect(page.locator("main")).to_contain_text(said["topic"])
    expect(page.locator("main")).to_contain_text(said["ask"])
    story.reads_clearly(farah)
    story.a_referrer_writes("Mireille Fortin")
    story.louise_reads_it_at_the_desk()
    louise = story.screen_of("Louise")
    referral = louise.url.removeprefix(story.site.staff)
    hers = louise.locator(f"[name=workers][value='{uuid_of(farah.lower().replace(' ', '-'))}']")
    expect(hers).to_have_count(0)

    # She enrols, and is there by the code of the room.
    page.locator("main a[href='/training/sessions/']").click()
    page.locator(f"main a[href='{there}']").click()
    page.locator(f"form[action='{there}enrol/'] button").click()
    expect(page.locator("main")).to_contain_text(said["place"])
    page.locator("[name=room_code]").fill(rooms.code_of(session_id))
    page.locator(f"form[action='{there}here/'] button").click()
    expect(page.locator("main")).to_contain_text(said["there"])
    story.reads_clearly(farah)

    # Louise closes the list: Farah has a paper, and anybody may check its number.
    begins_at_once(story, session_id)
    story.go("Louise", f"{there}list/")
    louise.locator(f"form[action='{there}list/close/'] button").click()
    expect(louise.locator(f"form[action='{there}list/close/']")).to_have_count(0)
    story.go("Louise", "/training/coverage/")
    expect(louise.locator("main")).to_contain_text(farah)
    story.go(farah, "/training/mine/")
    story.reads_clearly(farah)
    held = page.locator("main .line .small", has_text=":").last.inner_text()
    checks = story.screen_of("Employer")
    checks.goto(f"{story.site.youth}/attestation/")
    checks.locator("[name=verification_number]").fill(held.partition(":")[2].strip())
    checks.locator("main form [type=submit]").last.click()
    expect(checks.locator("main h1")).to_have_text(said["valid"])
    expect(checks.locator("main")).not_to_contain_text(farah)

    # Trained is not enough: she signs, and is offered somebody whose file she opens.
    story.go("Louise", referral)
    expect(hers).to_have_count(0)
    page = opens(story, farah, "/undertaking/sign/")
    page.locator("[name=agreed]").check()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    page = opens(story, farah, "/undertaking/")
    expect(page.locator("main")).to_contain_text(said["stands"])
    story.go("Louise", referral)
    hers.check()
    story.press("Louise", "offer")
    story.go(farah, "/")
    story.follow(farah, "read_offer")
    story.press(farah, "accept")
    story.is_on(farah, f"/files/{story.files[story.name]}/")
    story.reads_clearly(farah)
