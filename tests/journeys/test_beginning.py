"""Does a psychotherapist who says yes begin a file of her own, and keep it afterwards?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, Form
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, follow, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
APPROVED = "Dormir sans la lumière, et qu’on ne me presse pas."


def arranged(cast: Cast) -> Cast:
    """The cast, with a second psychotherapist where Dr Amrani works."""
    with acting(LOADER):
        add_person("Dre Tran", cast.foundation, Role.PSYCHOTHERAPIST)
    return cast


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Rosalie {way.number}") as one:
        yield one


def she_agrees(story: Story) -> tuple[UUID, UUID]:
    """She shares her name and how she is reached with the foundation, for this alone."""
    cast, now = story.cast, clock.now()
    consent_id = uuid_of(f"asks {story.name}")
    with story.site.at_home():
        file_id = follow(
            story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines
        ).file_id
        with acting(cast.ines, now):
            row = Consent(
                id=consent_id, file_id=file_id, organisation_id=cast.foundation.pk,
                purpose="psychotherapy", sections=["contact", "identity"],
                giver=Consent.Giver.HERSELF, form=Form.ON_SCREEN, language="fr", text_version="1",
                taken_by=cast.ines.user_id, taken_at=now, starts_at=now,
                ends_at=now + timedelta(days=90),
            )  # fmt: skip
            sharing.agree(row, by=cast.ines)
    assert now > MONDAY
    return file_id, consent_id


def test_a_file_begins_at_the_foundation_and_stays_theirs(story: Story) -> None:
    file_id, consent_id = she_agrees(story)

    # With Inès, she approves each word, and that a file may begin there.
    story.signs_in("Inès")
    ines = story.screen_of("Inès")
    story.go("Inès", f"/files/{file_id}/asked/{consent_id}/")
    story.reads_clearly("Inès")
    ines.locator("[name=summary]").fill(APPROVED)
    ines.locator("[name=opens_there]").check()
    ines.locator("[name=approved]").check()
    ines.locator("main form .button-primary").last.click()
    story.is_on("Inès", f"/files/{file_id}/")

    # Dr Amrani reads it, says yes, and is in a file of his own.
    story.signs_in("Dr Amrani")
    amrani = story.screen_of("Dr Amrani")
    story.go("Dr Amrani", f"/asked/{consent_id}/")
    expect(amrani.locator("main")).to_contain_text(APPROVED)
    story.reads_clearly("Dr Amrani")
    amrani.locator("[name=what][value=ACCEPTED]").check()
    day = clock.today()
    fills(amrani, "on", day)
    amrani.locator("main form .button-primary").last.click()
    expect(amrani.locator("h1")).to_contain_text(story.name)
    begun = amrani.url.removesuffix("/").rpartition("/")[2]
    assert begun not in {str(file_id), str(consent_id)}
    story.reads_clearly("Dr Amrani")
    story.go("Dr Amrani", "/people/")
    expect(amrani.locator("main")).to_contain_text(story.name)

    # Inès reads a day; the other file does not exist for her.
    story.go("Inès", f"/files/{file_id}/")
    assert begun not in story.html("Inès")
    story.reads_clearly("Inès")
    assert story.go("Inès", f"/files/{begun}/").status == 404
    assert story.go("Dr Amrani", f"/files/{file_id}/").status == 404

    # She takes it back: what is hers closes there; the file that began stays.
    with story.site.at_home(), acting(story.cast.ines, clock.now()):
        sharing.withdraw(
            file_id, consent_id, said_by=Consent.Withdrawer.HERSELF, form=Form.ORAL,
            by=story.cast.ines, at=clock.now(),
        )  # fmt: skip
    assert story.go("Dr Amrani", f"/asked/{consent_id}/").status == 404
    assert story.go("Dr Amrani", f"/files/{begun}/").status == 200

    # There, he writes anew who she says she is, and hands her over to a colleague, with her.
    said = f"{story.name} Fleur"
    story.go("Dr Amrani", f"/files/{begun}/identity/")
    story.reads_clearly("Dr Amrani")
    amrani.locator("[name=chosen_name]").fill(said)
    amrani.locator("main form button[type=submit]").first.click()
    story.is_on("Dr Amrani", f"/files/{begun}/")
    expect(amrani.locator("h1")).to_contain_text(said)
    story.go("Dr Amrani", f"/files/{begun}/handing-over/told/")
    story.reads_clearly("Dr Amrani")
    fills(amrani, "told_on", day)
    amrani.locator("main form button[type=submit]").first.click()
    story.is_on("Dr Amrani", f"/files/{begun}/handing-over/")
    amrani.locator("[name=way][value=COLLEAGUE]").check()
    amrani.locator("[name=colleague]").select_option(label="Dre Tran")
    amrani.locator("[name=faces][value=identity]").check()
    story.reads_clearly("Dr Amrani")
    amrani.locator("main form button[type=submit]").first.click()
    expect(amrani.locator("button[name=step][value=confirm]")).to_be_visible()
    story.reads_clearly("Dr Amrani")
    amrani.locator("button[name=step][value=confirm]").click()
    story.is_on("Dr Amrani", "/handing-over/")

    # Dre Tran meets her, and keeps the file from then on; it has closed to Dr Amrani.
    story.signs_in("Dre Tran")
    tran = story.screen_of("Dre Tran")
    tran.locator("main li", has_text=said).locator("a[href*='/handed/']").first.click()
    story.reads_clearly("Dre Tran")
    tran.locator("form[action$='/met/'] button").click()
    story.is_on("Dre Tran", f"/files/{begun}/")
    assert story.go("Dre Tran", f"/files/{begun}/identity/").status == 200
    assert story.go("Dr Amrani", f"/files/{begun}/").status == 404


def fills(page: Page, name: str, day: date) -> None:
    for part, typed in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name={name}_{part}]").fill(str(typed))
