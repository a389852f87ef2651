"""SC-03, its committee, and SC-17: who thinks together, about whom, and who steps out.

Louise calls a meeting and makes the agenda; Inès brings a vignette, which is looked at before it is
kept, and Maya’s own question with her agreement; Roy, of the police, reads one line in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.disclosures import actions as disclosures
from spheres.followup.disclosures.tests import factories as disclosed
from spheres.participants import queries as participants
from spheres.partners.committees import actions
from spheres.partners.committees.actions import Called, Said
from spheres.regions.models import Committee
from spheres.sharing.models import CommitteeMeeting, Disclosure
from tests.cast import acting, follow, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
SITTING = ("louise", "ines", "samir", "amrani", "roy")
CLOSED = {"fr": "Point fermé à votre organisme", "en": "Item closed to your organisation"}
STEPS_OUT = {"fr": "Se retire", "en": "Steps out"}
QUORUM = {"fr": "il y avait quorum", "en": "there was a quorum"}
NOT_HELD = {"fr": "Cette rencontre n’a pas lieu", "en": "This meeting is not held"}
OFF = {"fr": "N’a pas lieu", "en": "Not held"}
QUESTION = "Comment rester présente sans la brusquer?"
WORDS = "Une jeune de 15 à 17 ans revient d’une fugue. Les messages courts, le soir, aident."
WITH_NAMES = "Une jeune, proche de TREMBLAY, dort au coin de la rue Ontario."
HOURS = ("Qui marche avec elle vers un premier logement?", "Un silence de trois mois: que faire?")


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Océane {way.number}") as one:
        yield one


def fills_day(page: Page, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"main [name={name}_{part}]").fill(str(value))


def they_sit(story: Story) -> None:
    """Louise has named who sits; said for the second story, it stands."""
    now = clock.now()
    with story.site.at_home(), acting(story.cast.louise, now):
        of = Committee.objects.get(slug="clinique")
        for slug in SITTING:
            who: Actor = getattr(story.cast, slug)
            actions.name_member(
                uuid_of(f"{slug} sits"), of, user_id=who.user_id,
                organisation_id=who.organisation_id, is_chair=slug == "louise",
                by=story.cast.louise, at=now,
            )  # fmt: skip


def is_brought(story: Story, meeting_id: UUID, which: str, said: Said) -> UUID:
    """Inès asks for it, Louise gives it a place."""
    now = clock.now()
    with story.site.at_home():
        with acting(story.cast.ines, now):
            meeting = CommitteeMeeting.objects.get(pk=meeting_id)
            of = Committee.objects.get(slug="clinique")
            actions.bring(meeting, of, said, by=story.cast.ines, at=now)
        with acting(story.cast.louise, now):
            actions.place(said.id, position=3, minutes=20, by=story.cast.louise, at=now)
    return said.id


def is_told(story: Story, file_id: UUID, to: Actor, on: date) -> UUID:
    """She lets one of them know something of hers, for that day; Karim approves it."""
    now, ines, karim = clock.now(), story.cast.ines, story.cast.karim
    told_id = uuid5(file_id, str(to.user_id))
    with story.site.at_home():
        with acting(ines, now):
            person = participants.header(file_id, actor=ines)
            assert person is not None
            prepared = disclosed.to_roy(
                story.cast, "", id=told_id, ends_on=on, meeting_on=on,
                to_organisation_id=to.organisation_id, to_user_id=to.user_id,
            )  # fmt: skip
            disclosures.prepare(file_id, prepared, person=person, by=ines, at=now)
            one = Disclosure.objects.get(pk=told_id)
        now = clock.now()
        with acting(karim, now):
            disclosures.decide(
                one, step_id=uuid5(told_id, "yes"), is_approved=True, words="", by=karim,
                at=now,
            )  # fmt: skip
    return told_id


def test_an_agenda_three_vignettes_one_named_and_what_each_takes_on(story: Story) -> None:
    they_sit(story)
    language, today = story.language, clock.today()
    with story.site.at_home():
        hers = follow(
            story.name,
            desk=story.cast.institute.pk,
            louise=story.cast.louise,
            worker=story.cast.ines,
        )

    # Louise calls a meeting, from her way to the partners.
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/committees/")
    story.reads_clearly("Louise")
    louise.locator("main .card[data-area=plum] a[href^='/committees/']").first.click()
    story.reads_clearly("Louise")
    louise.locator("main a[href$='/meetings/new/']").click()
    story.reads_clearly("Louise")
    fills_day(louise, "held_on", today)
    louise.locator("[name=starts]").fill("00:01")
    louise.locator("[name=ends]").fill("23:58")
    louise.locator("main form .button-primary").last.click()
    meeting = louise.url.removesuffix("/").rpartition("/")[2]
    here = f"/committees/meetings/{meeting}/"
    story.is_on("Louise", here)
    story.reads_clearly("Louise")

    # What names somebody is said, in capitals or by a street; written otherwise, it goes.
    story.signs_in("Inès")
    ines = story.screen_of("Inès")
    story.go("Inès", here)
    story.reads_clearly("Inès")
    ines.locator(f"main a[href='{here}bring/']").click()
    story.reads_clearly("Inès")
    ines.locator("[name=mode][value=VIGNETTE]").check()
    ines.locator("[name=about]").select_option(str(hers.file_id))
    ines.locator("[name=question]").fill(QUESTION)
    ines.locator("[name=words]").fill(WITH_NAMES)
    ines.locator("main form .button-primary").last.click()
    for seen in ("TREMBLAY", "rue Ontario"):
        expect(ines.locator("main .notice")).to_contain_text(seen)
    expect(ines.locator("[name=words]")).to_have_value(WITH_NAMES)
    story.reads_clearly("Inès")
    ines.locator("[name=words]").fill(WORDS)
    ines.locator("main form .button-primary").last.click()
    vignette = ines.url.removesuffix("/").rpartition("/")[2]
    story.is_on("Inès", f"/committees/items/{vignette}/")
    expect(ines.locator("main")).to_contain_text(WORDS)
    story.reads_clearly("Inès")

    # Two other vignettes, and one with her agreement, which Samir and Dr Amrani are told for today.
    for number, words in enumerate(HOURS):
        other = Said(uuid5(hers.file_id, f"vignette {number}"), "VIGNETTE", words, WORDS)
        is_brought(story, UUID(meeting), words, other)
    for who in (story.cast.samir, story.cast.amrani):
        is_told(story, hers.file_id, who, today)
    named = Said(uuid5(hers.file_id, "named"), "CONSENT", "Quel premier pas?", about=hers.file_id)
    is_brought(story, UUID(meeting), "named", named)
    story.go("Louise", here)
    louise.locator(f"main a[href='/committees/items/{vignette}/']").click()
    story.reads_clearly("Louise")
    louise.locator("[name=position]").fill("1")
    louise.locator(f"form[action$='{vignette}/place/'] button").click()
    story.is_on("Louise", here)
    expect(louise.locator("main")).to_contain_text(STEPS_OUT[language])
    expect(louise.locator("main")).not_to_contain_text(story.name)
    story.reads_clearly("Louise")

    # Roy reads three vignettes, and one line in the place of the fourth; Samir reads all four.
    story.signs_in("Roy")
    roy = story.screen_of("Roy")
    story.go("Roy", here)
    expect(roy.locator("main ol > li")).to_have_count(4)
    expect(roy.locator("main")).to_contain_text(CLOSED[language])
    expect(roy.locator("main")).to_contain_text(QUESTION)
    assert str(named.id) not in roy.content()
    story.reads_clearly("Roy")
    assert story.go("Roy", f"/committees/items/{named.id}/").status == 404
    story.signs_in("Samir")
    samir = story.screen_of("Samir")
    story.go("Samir", f"/committees/items/{named.id}/")
    expect(samir.locator("main")).to_contain_text("Quel premier pas?")
    story.reads_clearly("Samir")

    # Louise says who was there: nobody can be noted who stepped out. Then minutes, by whoever
    # was told, and a promise.
    story.go("Louise", f"/committees/items/{named.id}/")
    expect(louise.locator("main")).to_contain_text("Roy")
    assert louise.locator(f"[name=present][value^='{story.cast.roy.user_id}']").count() == 0
    story.reads_clearly("Louise")
    louise.locator(f"form[action$='{named.id}/held/'] button").click()
    story.is_on("Louise", f"/committees/items/{named.id}/")
    expect(louise.locator(f"form[action$='{named.id}/minutes/']")).to_have_count(0)
    story.go("Samir", f"/committees/items/{named.id}/")
    samir.locator("[name=words]").first.fill("Un accompagnement au logement.")
    samir.locator(f"form[action$='{named.id}/minutes/'] button").click()
    story.is_on("Samir", f"/committees/items/{named.id}/")
    expect(samir.locator("[name=words]").first).to_have_value("Un accompagnement au logement.")
    story.go("Louise", f"/committees/items/{named.id}/")
    expect(louise.locator("main")).not_to_contain_text("Un accompagnement au logement.")
    louise.locator("details summary", has_text="").last.click()
    louise.locator("[name=owner]").select_option(
        f"{story.cast.samir.user_id}/{story.cast.elsewhere.pk}"
    )
    louise.locator(f"form[action$='{named.id}/promises/'] [name=words]").fill(
        "Proposer deux dates."
    )
    fills_day(louise, "due_on", today + timedelta(days=7))
    louise.locator(f"form[action$='{named.id}/promises/'] button").click()
    story.is_on("Louise", f"/committees/items/{named.id}/")
    story.reads_clearly("Louise")

    # Who came is said of the meeting; the quorum is said in words. What was decided has its page.
    louise.locator(f"form[action$='{named.id}/decisions/'] [name=words]").evaluate(
        "field => field.closest('details').open = true"
    )
    louise.locator(f"form[action$='{named.id}/decisions/'] [name=words]").fill(
        "On avance doucement."
    )
    louise.locator(f"form[action$='{named.id}/decisions/'] button").click()
    story.is_on("Louise", f"/committees/items/{named.id}/")
    story.go("Louise", here)
    louise.locator("main details:has([name=minutes]) summary").click()
    louise.locator("[name=minutes]").fill("95")
    louise.locator(f"form[action$='{meeting}/roll/'] button").click()
    story.is_on("Louise", here)
    expect(louise.locator("main")).to_contain_text(QUORUM[language])
    story.reads_clearly("Louise")
    story.go("Louise", "/committees/")
    louise.locator("main .card[data-area=plum] a[href^='/committees/']").first.click()
    louise.locator("main a[href$='/register/']").click()
    expect(louise.locator("main")).to_contain_text("On avance doucement.")
    expect(louise.locator("main")).to_contain_text("Proposer deux dates.")
    story.reads_clearly("Louise")

    # It is on the list of Samir’s organisation, on nobody else’s; done, it goes.
    story.go("Roy", "/committees/")
    expect(roy.locator("main")).not_to_contain_text("Proposer deux dates.")
    story.reads_clearly("Roy")
    story.go("Samir", "/committees/")
    expect(samir.locator("main")).to_contain_text("Proposer deux dates.")
    story.reads_clearly("Samir")
    samir.locator("form[action$='/done/'] button").first.click()
    story.is_on("Samir", "/committees/")
    expect(samir.locator("main")).not_to_contain_text("Proposer deux dates.")

    # Her register has a line of it: the day, who was there, no words.
    story.go("Inès", f"/files/{hers.file_id}/communications/register/")
    expect(ines.locator("main")).to_contain_text("Ailleurs")
    expect(ines.locator("main")).not_to_contain_text("Un accompagnement au logement.")
    story.reads_clearly("Inès")


def test_the_police_member_she_names_reads_it_until_she_takes_it_back(story: Story) -> None:
    """SC-03: item closed, then open to Roy by her own word alone, and closed again at once."""
    they_sit(story)
    language, today, name = story.language, clock.today(), f"{story.name} C"
    with story.site.at_home():
        hers = follow(
            name, desk=story.cast.institute.pk, louise=story.cast.louise, worker=story.cast.ines
        )
        meeting_id, now = uuid5(hers.file_id, "meeting"), clock.now()
        with acting(story.cast.louise, now):
            of = Committee.objects.get(slug="clinique")
            called = Called(meeting_id, today, time(0, 2), time(23, 57), "BOTH")
            actions.call(of, called, by=story.cast.louise, at=now)
    here = f"/committees/meetings/{meeting_id}/"
    named = Said(uuid5(hers.file_id, "named"), "CONSENT", "Quel premier pas?", about=hers.file_id)
    is_told(story, hers.file_id, story.cast.samir, today)
    is_brought(story, meeting_id, "named", named)
    story.signs_in("Roy")
    roy = story.screen_of("Roy")
    story.go("Roy", here)
    expect(roy.locator("main ol")).to_contain_text(CLOSED[language])
    story.reads_clearly("Roy")
    story.answers_as_for_an_unknown_file("Roy", hers.file_id)

    told_id = is_told(story, hers.file_id, story.cast.roy, today)
    story.go("Roy", here)
    expect(roy.locator("main ol")).to_contain_text("Quel premier pas?")
    expect(roy.locator("main")).not_to_contain_text(name)
    roy.locator(f"main a[href='/committees/items/{named.id}/']").click()
    story.reads_clearly("Roy")
    roy.locator("main a[href='/received/']").click()
    story.is_on("Roy", "/received/")

    now: datetime = clock.now()
    with story.site.at_home(), acting(story.cast.ines, now):
        one = Disclosure.objects.get(pk=told_id)
        disclosures.take_back(one, step_id=uuid5(told_id, "back"), by=story.cast.ines, at=now)
    story.go("Roy", here)
    expect(roy.locator("main ol")).to_contain_text(CLOSED[language])
    assert story.go("Roy", f"/committees/items/{named.id}/").status == 404


def test_a_meeting_in_the_calendar_that_is_not_held_opens_nothing_any_more(story: Story) -> None:
    """What she agreed to for today closes with the meeting; all who sit there read that it does not
    take place, as a grid and as a list. Beside it, the portrait of the region."""
    they_sit(story)
    language, today, name = story.language, clock.today(), f"{story.name} D"
    with story.site.at_home():
        hers = follow(
            name, desk=story.cast.institute.pk, louise=story.cast.louise, worker=story.cast.ines
        )
        meeting_id, now = uuid5(hers.file_id, "meeting"), clock.now()
        with acting(story.cast.louise, now):
            of = Committee.objects.get(slug="clinique")
            called = Called(meeting_id, today, time(0, 3), time(23, 56), "BOTH")
            actions.call(of, called, by=story.cast.louise, at=now)
    here = f"/committees/meetings/{meeting_id}/"
    named = Said(uuid5(hers.file_id, "named"), "CONSENT", "Quel premier pas?", about=hers.file_id)
    is_told(story, hers.file_id, story.cast.samir, today)
    is_brought(story, meeting_id, "named", named)
    story.signs_in("Samir")
    samir = story.screen_of("Samir")
    assert story.go("Samir", f"/committees/items/{named.id}/").status == 200

    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/committees/")
    louise.locator("main a[href='/programme/']").first.click()
    story.is_on("Louise", "/programme/")
    story.reads_clearly("Louise")
    louise.locator(f"main ol a[href='{here}']").click()
    louise.locator("main details summary").last.click()
    story.reads_clearly("Louise")
    louise.locator(f"form[action='{here}cancel/'] button").click()
    story.is_on("Louise", here)
    expect(louise.locator("main")).to_contain_text(NOT_HELD[language])
    story.reads_clearly("Louise")

    story.go("Samir", "/programme/")
    # The line itself, inside that of its day.
    off = samir.locator(f"main ol li:has(a[href='{here}'])").last.locator(".badge")
    expect(off).to_contain_text(OFF[language])
    story.reads_clearly("Samir")
    assert story.go("Samir", f"/committees/items/{named.id}/").status == 404
    story.go("Samir", "/cards/region/")
    story.reads_clearly("Samir")
