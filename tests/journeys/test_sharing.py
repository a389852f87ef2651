"""Does what she shares follow her age and her word: thirteen, then fourteen? SC-02."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, expect

from spheres.accounts.models import Organisation, Role
from spheres.core import clock
from spheres.core.clock import birthday, months_later
from spheres.followup.admission import actions as admission
from spheres.followup.consents import actions as consents
from spheres.followup.identity import actions as identity
from spheres.participants import queries as participants
from tests.cast import LOADER, acting, add_organisation, add_person, follow, refer, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
TUTOR = {"fr": "son tuteur, sa tutrice", "en": "their tutor"}


@pytest.fixture
def story(request: pytest.FixtureRequest, world, chromium: Browser, way: Way) -> Iterator[Story]:
    """Each story of this module has a person of its own."""
    site, cast = world
    name = "Anaïs" if "thirteen" in request.node.name else "Coralie"
    name = f"{name} {way.number}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def is_followed(story: Story) -> UUID:
    """Inès walks with her."""
    cast = story.cast
    with story.site.at_home():
        found = follow(story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
        return found.file_id


def is_met_at_thirteen(story: Story) -> UUID:
    """Somebody referred her; Inès has met her, and nothing is opened yet."""
    cast, at = story.cast, clock.now()
    offer = uuid_of(f"offer of {story.name}")
    with story.site.at_home():
        file_id = refer(story.name, desk=cast.institute.pk, age_band="12-13")
        with acting(cast.louise, at):
            to = cast.ines.user_id
            admission.offer(file_id, to=to, offer_id=offer, by=cast.louise, at=at)
        with acting(cast.ines, at):
            admission.accept(offer, desk=cast.institute.pk, by=cast.ines, at=at)
            admission.meet(file_id, by=cast.ines, at=at)
    return file_id


def her_school(story: Story) -> UUID:
    """A school of the programme, with somebody who accompanies young people there."""
    school = uuid_of("ecole-des-rives")
    with story.site.at_home(), acting(LOADER):
        if not Organisation.objects.filter(pk=school).exists():
            there = add_organisation("ecole-des-rives", "community")
            add_person("Mireille", there, Role.PROFESSIONAL_SUPPORT)
    return school


def her_aunt_shares_with(story: Story, file_id: UUID, organisation: UUID) -> UUID:
    """As she did on the screen, with another recipient."""
    ines, now = story.cast.ines, clock.now()
    given = consents.Given(
        id=uuid4(), organisation_id=organisation, sections=("summary",), purpose="coordination",
        given_by="TUTOR", giver="Sa tante", form="WRITTEN", language="fr", text_version="2026-11",
        ends_on=clock.today() + timedelta(days=30),
    )  # fmt: skip
    with story.site.at_home(), acting(ines, now):
        person = participants.header(file_id, actor=ines)
        assert person is not None
        consents.give(file_id, given, person=person, by=ines, at=now)
    return given.id


def says_born_on(story: Story, file_id: UUID, born: date) -> None:
    """Her day of birth: no journey lives a year, so she says another one."""
    now, ines = clock.now(), story.cast.ines
    said = identity.Said(uuid4(), story.name, "elle", "fr", "", "", "", born)
    with story.site.at_home(), acting(ines, now):
        identity.say(file_id, said, by=ines, at=now)


def test_thirteen_with_her_tutor_then_fourteen_by_herself(story: Story) -> None:
    file_id, today = is_met_at_thirteen(story), clock.today()
    here, partner = f"/files/{file_id}/sharing/", story.cast.elsewhere.pk
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    # Before anything else, what is read aloud; then who may agree at 13, and by which exceptions.
    story.go("Inès", f"/files/{file_id}/admission/")
    main = page.locator("main")
    expect(main.locator(".notice").first).to_contain_text("14")
    aloud, notice, form = (main.locator(one).first for one in ("details", ".notice", "form"))
    tops = [one.evaluate("it => it.getBoundingClientRect().top") for one in (aloud, notice, form)]
    assert tops == sorted(tops)
    story.reads_clearly("Inès")
    page.locator("[name=card][value=READ]").check()
    page.locator("[name=recognition][value=now]").check()
    page.locator("[name=agreed_by][value=tutor]").check()
    page.locator("[name=agreement_form][value=written]").check()
    story.press("Inès", "open_follow_up")
    story.is_on("Inès", f"/files/{file_id}/")
    turns_14 = months_later(today, 2)
    says_born_on(story, file_id, birthday(turns_14, -14))

    # Thirteen: she alone is not asked; her aunt, her tutor, agrees, until the day before 14.
    story.go("Inès", here)
    story.reads_clearly("Inès")
    page.locator(f"main a[href='{here}new/']").click()
    story.reads_clearly("Inès")
    assert page.locator("[name=given_by][value=HERSELF]").count() == 0
    page.locator("[name=to]").select_option(str(partner))
    page.locator("[name=sections][value=summary]").check()
    page.locator("[name=purpose][value=coordination]").check()
    page.locator("[name=given_by][value=TUTOR]").check()
    page.locator("[name=form][value=WRITTEN]").check()
    page.locator("button[name=step][value=preview]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("[name=giver]").fill("Sa tante")
    page.locator("button[name=step][value=preview]").click()
    expect(page.locator("button[name=step][value=confirm]")).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("button[name=step][value=confirm]").click()
    story.is_on("Inès", here)
    expect(page.locator("main")).to_contain_text("Sa tante")
    story.reads_clearly("Inès")

    # At the partner's, that one section, on the page made for it; her file there is not.
    story.signs_in("Samir")
    theirs = story.screen_of("Samir")
    story.reads_clearly("Samir")
    story.go("Samir", "/sharing/")
    story.reads_clearly("Samir")
    theirs.locator("main a", has_text=story.name).click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text(story.name)
    expect(theirs.locator("main")).not_to_contain_text("signer « Café »")
    story.reads_clearly("Samir")
    address = theirs.url.partition("/sharing/")[2]
    assert story.go("Samir", f"/files/{file_id}/").status == 404

    # Fourteen: what her aunt gave is over that moment, and asked anew of her alone.
    at_school = her_aunt_shares_with(story, file_id, her_school(story))
    says_born_on(story, file_id, birthday(today, -14))
    assert story.go("Samir", f"/sharing/{address}").status == 404

    # She goes on, and says it in her own name.
    story.go("Inès", f"/files/{file_id}/")
    own = f"/files/{file_id}/own-agreement/"
    page.locator(f"main a[href='{own}']").click()
    story.reads_clearly("Inès")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("[name=form][value=oral]").check()
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", f"/files/{file_id}/")
    assert page.locator(f"main a[href='{own}']").count() == 0

    # No more with her school: her no is kept, and it is not asked again.
    story.go("Inès", here)
    page.locator(f"main a[href='{here}{at_school}/no/']").click()
    story.reads_clearly("Inès")
    page.locator("[name=form][value=ON_SCREEN]").check()
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", here)
    assert page.locator(f"main a[href='{here}{at_school}/no/']").count() == 0

    # And nothing is said to her aunt any more.
    story.go("Inès", f"/files/{file_id}/restrictions/refusals/")
    page.locator("[name=relatives][value=TUTOR]").check()
    page.locator("[name=explained_by]").select_option(index=1)
    story.reads_clearly("Inès")
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", f"/files/{file_id}/restrictions/")
    expect(page.locator("main")).to_contain_text(TUTOR[story.language])
    story.reads_clearly("Inès")

    # With the partner, she says it otherwise.
    story.go("Inès", here)
    expect(page.locator("main .notice")).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("main a[href*='?renews=']").click()
    assert page.locator("[name=given_by][value=TUTOR]").count() == 0
    page.locator("[name=sections][value=safety]").check()
    page.locator("[name=form][value=ON_SCREEN]").check()
    page.locator("button[name=step][value=preview]").click()
    page.locator("button[name=step][value=confirm]").click()
    story.is_on("Inès", here)
    expect(page.locator("main .notice")).to_have_count(0)
    assert story.go("Samir", f"/sharing/{address}").status == 404

    # She takes it back in one gesture; who had read it stays written, and nobody's name is left.
    page.locator(f"main a[href='{here}back/']").first.click()
    story.reads_clearly("Inès")
    page.locator("button[name=step][value=all]").click()
    story.is_on("Inès", here)
    story.reads_clearly("Inès")
    story.go("Inès", f"/files/{file_id}/who/")
    expect(page.locator("main")).to_contain_text("Samir")
    story.reads_clearly("Inès")
    story.go("Samir", "/sharing/")
    expect(theirs.locator("main")).not_to_contain_text(story.name)
    expect(theirs.locator("main .notice").first).to_be_visible()
    story.reads_clearly("Samir")


def test_what_ends_this_week_is_asked_again_with_her_and_said_anew_in_one_step(
    story: Story,
) -> None:
    file_id, now = is_followed(story), clock.now()
    here, cast = f"/files/{file_id}/sharing/", story.cast
    with story.site.at_home(), acting(cast.ines, now):
        person = participants.header(file_id, actor=cast.ines)
        assert person is not None
        given = consents.Given(
            id=uuid4(), organisation_id=cast.elsewhere.pk, sections=("summary",),
            purpose="coordination", given_by="HERSELF", form="ON_SCREEN", language="fr",
            text_version="2025-01", ends_on=clock.today() + timedelta(days=4),
        )  # fmt: skip
        consents.give(file_id, given, person=person, by=cast.ines, at=now)
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    # Her day says it, and so does the list, one press away from the people whom she accompanies.
    story.go("Inès", "/sharing/ending/")
    expect(page.locator("main")).to_contain_text(story.name)
    story.reads_clearly("Inès")
    page.locator(f"main a[href='{here}{given.id}/anew/']").click()

    # What is read aloud has changed: that is said first; then one yes, with her, on one screen.
    expect(page.locator("main .notice").first).to_be_visible()
    story.reads_clearly("Inès")
    page.locator("[name=given_by][value=HERSELF]").check()
    page.locator("[name=form][value=ON_SCREEN]").check()
    page.locator("main form button[type=submit]").first.click()
    story.is_on("Inès", here)
    story.reads_clearly("Inès")

    # Nothing of it waits any more, and the partner reads on without a break.
    story.go("Inès", "/sharing/ending/")
    expect(page.locator("main")).not_to_contain_text(story.name)
    story.reads_clearly("Inès")
    story.signs_in("Samir")
    story.go("Samir", "/sharing/")
    expect(story.screen_of("Samir").locator("main")).to_contain_text(story.name)
    story.reads_clearly("Samir")
