"""SC-23: what partners hold to be good practice: a note, a work of the library, and the charter.

Samir proposes a note; Louise writes what the committee decided; Roy, of the police, reads it as all
do. Inès accepts the charter in her own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from uuid import uuid5

import pytest
from playwright.sync_api import Browser, expect

from spheres.core import clock
from spheres.partners.committees import actions as committees
from spheres.partners.committees.actions import Called, Said
from spheres.partners.joining.models import Charter
from spheres.partners.library.models import Work
from spheres.regions.models import Committee
from spheres.sharing.models import CommitteeMeeting
from tests.cast import LOADER, acting, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
DECISION = "On écrit de courts messages, le soir."
ADDRESS = "https://bibliotheque.example/mefaits"
MINORITY = {"fr": "Le soir lui appartient.", "en": "Evenings belong to the person."}
WISDOM = {"fr": "Savoir d’expérience", "en": "Practice wisdom"}
APPROACHES = {"fr": "Réduction des méfaits", "en": "Harm reduction"}
NOTHING = {"fr": "Aucun ouvrage ne correspond", "en": "No work answers this"}


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Note {way.number}") as one:
        yield one


def the_committee_decided(story: Story) -> None:
    """Louise chairs the clinical committee, which met and decided; said again, it stands."""
    louise, now, today = story.cast.louise, clock.now(), clock.today()
    meeting_id, item_id = uuid_of("practice meeting"), uuid_of("practice item")
    with story.site.at_home(), acting(louise, now):
        of = Committee.objects.get(slug="clinique")
        committees.name_member(
            uuid_of("louise sits"), of, user_id=louise.user_id,
            organisation_id=louise.organisation_id, is_chair=True, by=louise, at=now,
        )  # fmt: skip
        if CommitteeMeeting.objects.filter(pk=meeting_id).exists():
            return
        called = Called(meeting_id, today + timedelta(days=1), time(9), time(11), "IN_PERSON")
        committees.call(of, called, by=louise, at=now)
        meeting = CommitteeMeeting.objects.get(pk=meeting_id)
        said = Said(item_id, "SUBJECT", "Comment écrire le soir?")
        committees.bring(meeting, of, said, by=louise, at=now)
        committees.place(item_id, position=1, minutes=20, by=louise, at=now)
        decided_id = uuid5(item_id, "decided")
        committees.write_decision(decided_id, item_id, DECISION, by=louise, at=now)


def the_region_says(story: Story) -> None:
    """A work and a charter of the region’s files."""
    work = Work(
        id=uuid_of("a work"), slug="a-work", evidence="REPORT", languages=["fr"], themes=["HARM"],
        citation="Brisson, P. (1997). L’approche de réduction des méfaits.",
        components=["FOLLOW_UP"], about_fr="D’où elle vient.", about_en="Where it comes from.",
    )  # fmt: skip
    charter = Charter(
        id=uuid_of("a charter"), number=1, since_on=clock.today(), words_fr="Elle décide.",
        words_en="They decide.",
    )  # fmt: skip
    with story.site.at_home(), acting(LOADER, clock.now()):
        for row in (work, charter):
            type(row)._base_manager.bulk_create([row], ignore_conflicts=True)  # type: ignore[attr-defined]


def test_a_note_is_proposed_decided_and_read_by_all_and_a_work_is_found(story: Story) -> None:
    the_committee_decided(story)
    the_region_says(story)
    language, title = story.language, f"Écrire court {story.name}"

    # Samir proposes a note; what looks like a name is looked at again.
    story.signs_in("Samir")
    samir = story.screen_of("Samir")
    story.go("Samir", "/committees/")
    samir.locator("main a[href='/practice/']").first.click()
    story.reads_clearly("Samir")
    samir.locator("main a[href='/practice/new/']").click()
    story.reads_clearly("Samir")
    for name, text in (
        ("title_fr", title), ("title_en", title), ("words_en", "A short word."),
        ("words_fr", "Un mot court, comme Mélissa Tremblay le faisait."),
    ):  # fmt: skip
        samir.locator(f"main [name={name}]").fill(text)
    samir.locator("main [name=basis][value=WISDOM]").check()
    samir.locator("main form .button-primary").last.click()
    expect(samir.locator("main")).to_contain_text("Mélissa Tremblay")
    story.reads_clearly("Samir")
    samir.locator("main [name=words_fr]").fill("Un mot court, sans question.")
    samir.locator("main form .button-primary").last.click()
    expect(samir.locator("main h1")).to_have_text(title)
    story.reads_clearly("Samir")
    note = samir.url
    assert samir.locator("main a[href$='/decided/']").count() == 0  # he chairs nothing

    # Louise, who chairs, writes what the committee decided, and the view of the minority.
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    louise.goto(note)
    louise.locator("main a[href$='/decided/']").click()
    story.reads_clearly("Louise")
    expect(louise.locator("main")).to_contain_text(DECISION)
    louise.locator("main [name=decided]").first.check()
    louise.locator("main [name=outcome][value=KEPT]").check()
    louise.locator("main [name=minority_fr]").fill(MINORITY["fr"])
    louise.locator("main form .button-primary").last.click()
    story.reads_clearly("Louise")  # the other language is asked for
    louise.locator("main [name=minority_en]").fill(MINORITY["en"])
    louise.locator("main form .button-primary").last.click()
    expect(louise.locator("main h1")).to_have_text(title)

    # Roy reads the note as all do, and the common framework.
    story.signs_in("Roy")
    roy = story.screen_of("Roy")
    roy.goto(note)
    expect(roy.locator("main")).to_contain_text(MINORITY[language])
    expect(roy.locator("main")).to_contain_text(WISDOM[language])
    expect(roy.locator("main")).not_to_contain_text(DECISION)
    story.reads_clearly("Roy")
    story.go("Roy", "/practice/framework/")
    expect(roy.locator("main")).to_contain_text(APPROACHES[language])
    story.reads_clearly("Roy")

    # Louise looked at a link; Samir finds the work, and nothing of it stands in the address.
    story.go("Louise", "/library/")
    story.reads_clearly("Louise")
    louise.locator("main a[href$='/link/']").first.click()
    louise.locator("main [name=address]").fill(ADDRESS)
    louise.locator("main [name=opens][value=yes]").check()
    story.reads_clearly("Louise")
    louise.locator("main form .button-primary").last.click()
    story.go("Samir", "/library/")
    samir.locator("main summary").first.click()
    samir.locator("main [name=words]").fill("mefaits")
    samir.locator("main form .button-primary").last.click()
    expect(samir.locator(f"main a[href='{ADDRESS}']")).to_be_visible()
    story.reads_clearly("Samir")
    assert "mefaits" not in samir.url
    samir.locator("main [name=words]").fill("introuvable")
    samir.locator("main form .button-primary").last.click()
    expect(samir.locator("main")).to_contain_text(NOTHING[language])


def test_the_charter_is_accepted_by_name_and_stands_on_the_card(story: Story) -> None:
    the_region_says(story)
    who = "Inès" if story.language == "fr" else "Karim"

    story.signs_in(who)
    hers = story.screen_of(who)
    story.go(who, "/joining/")
    story.reads_clearly(who)
    if hers.locator("main [name=agrees]").count():  # not yet, on another size of screen
        hers.locator("main form .button-primary").last.click()
        story.reads_clearly(who)  # the box is asked for
        hers.locator("main [name=agrees]").check()
        hers.locator("main form .button-primary").last.click()
    expect(hers.locator("main [name=agrees]")).to_have_count(0)
    story.go(who, f"/cards/{story.cast.la_maison.pk}/")
    expect(hers.locator("main")).to_contain_text(f"{who}, ")
    story.reads_clearly(who)

    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/joining/ready/")
    expect(louise.locator("main .card").first).to_be_visible()
    story.reads_clearly("Louise")
