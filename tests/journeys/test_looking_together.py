"""A partner looks at its own part, beside what participants call a success; a paper is read by
those who sit at a meeting, and by nobody else.

Inès writes down with the person what success is for her; Karim answers for his organisation; Louise
reads, of the year that is over, what all partners and enough participants said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.core.actor import service
from spheres.followup.success import actions as success
from spheres.papers.sandbox import Taken
from spheres.papers.tests.factories import document, picture
from spheres.partners.committees import actions as committees
from spheres.partners.committees.actions import Called
from spheres.partners.meeting_papers import actions as papers
from spheres.partners.meeting_papers import queries as papers_queries
from spheres.partners.meeting_papers.actions import Sent
from spheres.partners.self_assessment import actions as assessing
from spheres.partners.self_assessment import queries as assessed
from spheres.regions.models import Committee
from spheres.sharing import actions as sharing
from tests.cast import LOADER, Cast, acting, add_organisation, add_person, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.server import Site
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
ROLLUPS = service("rollups")
NUMBERS = {"my_place": 15, "less_fear": 7}
SENTENCE = {
    "fr": "J’ai un endroit à moi où je dors tranquille.",
    "en": "I have a place of my own where I sleep in peace.",
}
HER_WORDS = "Une clé à moi."
WILL_DO = "Se garder une demi-journée par saison."
BESIDE = {
    "fr": "Ce qu’est une réussite pour les personnes participantes",
    "en": "What success is for participants",
}
NAME = "chiffres.pdf"


def a_year_that_is_over(_cast: Cast) -> None:
    """Five partners said where they stand, and of participants two sentences were told."""
    before = datetime.combine(
        clock.today().replace(year=clock.today().year - 1, month=6, day=3), time(12),
        tzinfo=ZoneInfo(settings.TIME_ZONE),
    )  # fmt: skip
    with acting(LOADER, clock.now()):
        leaders = []
        for rank in range(5):
            place = add_organisation(f"partner-{rank}", Organisation.Kind.COMMUNITY)
            leaders.append(add_person(f"Leader {rank}", place, Role.ORGANISATION_MANAGER))
    for rank, who in enumerate(leaders):
        with acting(who, before):
            asks = assessed.statements(actor=who)
            assert asks is not None
            said = {one.code: 1 + (rank + place) % 4 for place, one in enumerate(asks.statements)}
            assessing.assess(
                uuid_of(f"said {rank}"), asks, steps=said, will_do="", by=who, at=before
            )
    with acting(ROLLUPS, clock.now()):
        success.tell(before.year, NUMBERS)


def arranged(cast: Cast) -> Cast:
    a_year_that_is_over(cast)
    return cast


@pytest.fixture
def story(world: tuple[Site, Cast], chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Réussite {way.number}") as one:
        yield one


def test_a_partner_answers_beside_what_participants_call_a_success(story: Story) -> None:
    language, file_id = story.language, story.cast.maya.file_id

    # Inès and Maya say what success is for her: nothing is too little, then two sentences.
    story.signs_in("Inès")
    ines = story.screen_of("Inès")
    story.go("Inès", f"/files/{file_id}/success/")
    story.reads_clearly("Inès")
    ines.locator("main .button-primary").first.click()
    story.is_on("Inès", f"/files/{file_id}/success/new/")
    story.reads_clearly("Inès")
    ines.locator("main form .button-primary").last.click()
    expect(ines.locator(".error-summary")).to_be_visible()
    story.reads_clearly("Inès")
    for code in NUMBERS:
        ines.locator(f"[name=statements][value={code}]").check()
    ines.locator("[name=her_words]").fill(HER_WORDS)
    ines.locator("main form .button-primary").last.click()
    story.is_on("Inès", f"/files/{file_id}/success/")
    expect(ines.locator("main")).to_contain_text(SENTENCE[language])
    expect(ines.locator("main")).to_contain_text(HER_WORDS)
    story.reads_clearly("Inès")

    # Karim, who leads where Inès works, answers for it.
    story.signs_in("Karim")
    karim = story.screen_of("Karim")
    story.go("Karim", "/self-assessment/")
    story.reads_clearly("Karim")
    karim.locator("main a[href$='/self-assessment/ours/']").first.click()
    expect(karim.locator("main")).to_contain_text(BESIDE[language])
    story.reads_clearly("Karim")
    karim.locator("[name=their_success-step][value='3']").check()
    karim.locator("[name=will_do]").fill(WILL_DO)
    karim.locator("main form .button-primary").last.click()
    story.is_on("Karim", "/self-assessment/")
    expect(karim.locator("main")).to_contain_text(WILL_DO)
    story.reads_clearly("Karim")

    # Louise reads all partners together, and beside it how many chose a sentence; neither hers.
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/self-assessment/")
    beside = louise.locator("main .card", has_text=BESIDE[language]).last
    expect(beside).to_contain_text(SENTENCE[language])
    expect(beside).to_contain_text("15")
    for not_theirs in (WILL_DO, HER_WORDS, "Maya"):
        expect(louise.locator("main")).not_to_contain_text(not_theirs)
    story.reads_clearly("Louise")


def a_meeting_with_a_paper(story: Story) -> UUID:
    """Louise chairs; Samir, Dr Amrani and Roy sit; Samir puts a paper there. Said again, it stands.

    Dr Amrani knows Maya, and says so: what would be of her is closed to her, papers are not.
    """
    now, cast = clock.now(), story.cast
    meeting_id = uuid_of(f"meeting of {story.name}")
    with story.site.at_home():
        with acting(cast.louise, now):
            of = Committee.objects.get(slug="clinique")
            for slug in ("louise", "samir", "amrani", "roy"):
                who = getattr(cast, slug)
                committees.name_member(
                    uuid_of(f"{slug} sits"), of, user_id=who.user_id,
                    organisation_id=who.organisation_id, is_chair=slug == "louise",
                    by=cast.louise, at=now,
                )  # fmt: skip
            day = clock.today() + timedelta(days=1)
            called = Called(meeting_id, day, time(9), time(11), "IN_PERSON")
            committees.call(of, called, by=cast.louise, at=now)
        now = clock.now()
        with acting(cast.amrani, now):
            sharing.declare_conflict(cast.maya.file_id, by=cast.amrani, at=now)
        with acting(cast.samir, now):
            seat = papers_queries.seat(meeting_id, actor=cast.samir)
            assert seat is not None
            sent = Sent(uuid5(meeting_id, "paper"), b"", NAME)
            taken = Taken("PDF", (picture(),), document())
            papers.keep_taken(seat, sent, taken, by=cast.samir, at=now)
    return meeting_id


def test_a_paper_is_read_by_those_who_sit_and_by_nobody_else(story: Story) -> None:
    here = f"/committees/meetings/{a_meeting_with_a_paper(story)}/"

    # Roy, of the police, and Dr Amrani, who steps out of what is of Maya, read it: it names nobody.
    for person in ("Roy", "Dr Amrani"):
        story.signs_in(person)
        screen = story.screen_of(person)
        story.go(person, here)
        story.reads_clearly(person)
        screen.locator(f"main a[href='{here}papers/']").first.click()
        expect(screen.locator("main")).to_contain_text(NAME)
        story.reads_clearly(person)
        with screen.expect_download() as page_taken:
            screen.locator("main a[download]").first.click()
        assert page_taken.value.suggested_filename.startswith("page")

    # Inès sits on no committee: to her, there is no such place.
    story.signs_in("Inès")
    assert story.go("Inès", f"{here}papers/").status == 404

    # Louise, who chairs, takes it off: it is read by nobody any more.
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", f"{here}papers/")
    louise.locator("main form[action$='/off/'] button").first.click()
    expect(louise.locator("main")).not_to_contain_text(NAME)
    story.reads_clearly("Louise")
