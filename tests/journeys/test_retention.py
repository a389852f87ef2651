"""Somebody asks that what was written of them be erased, and somebody else's is sealed.

Two people each time, one of them in charge of privacy; a hold refuses in words for whoever may
know of it; a letter says what was decided and to whom to turn, a certificate nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.core import clock
from spheres.followup.passages import actions as passages
from tests.cast import acting, follow, uuid_of
from tests.deciding import House
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
ASKED = "Que tout parte, sauf ce que la loi garde."
HELD = {
    "fr": "Un gel juridique est en vigueur sur ce dossier",
    "en": "A legal hold stands on this file",
}


arranged = House


@pytest.fixture
def house(world) -> House:
    return world[1]


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, house = world
    name = f"Noé {way.number}"
    with told(site, chromium, house.cast, way.language, way.size, name=name) as one:
        yield one


def sends(page: Page) -> None:
    page.locator("main form [type=submit]").last.click()
    page.wait_for_load_state()


def asks_with_her_worker(story: Story, name: str) -> tuple[UUID, str]:
    """Inès follows somebody, who asks; then they close the follow-up together."""
    cast = story.cast
    with story.site.at_home():
        person = follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    page = story.screen_of("Inès")
    story.go("Inès", f"/files/{person.file_id}/keeping/")
    story.reads_clearly("Inès")
    page.locator("main details summary").last.click()
    page.locator("main [name=asker][value=HERSELF]").check()
    page.locator("main [name=her_words]").fill(ASKED)
    sends(page)
    expect(page.locator("main")).to_contain_text(ASKED)
    story.reads_clearly("Inès")
    with story.site.at_home(), acting(cast.ines, clock.now()):
        letter = passages.Farewell(uuid_of(f"farewell {name}"), "Bonne route.", "")
        passages.close(person.file_id, letter, by=cast.ines, at=clock.now())
    sign = str(person.file_id)[:8].upper()
    return person.file_id, f"{sign[:4]} {sign[4:]}"


def proposes(page: Page, exit: str, until: str = "") -> None:
    for sort in page.locator("main [name=sorts]").all():
        sort.check()
    page.locator("main [name=why][value=REQUEST]").check()
    page.locator(f"main [name=exit][value={exit}]").check()
    if until:
        year, month, day = until.split("-")
        for part, value in (("day", day), ("month", month), ("year", year)):
            page.locator(f"main [name=until_on_{part}]").fill(value)
    sends(page)


def says_yes(story: Story, who: str, path: str) -> None:
    story.go(who, path)
    story.reads_clearly(who)
    page = story.screen_of(who)
    page.locator("main form[action$='/yes/'] [name=read]").check()
    page.locator("main form[action$='/yes/'] [type=submit]").click()
    page.wait_for_load_state()
    story.reads_clearly(who)


def put_on_paper(page: Page, kind: str, language: str) -> str:
    form = page.locator(f"main form[action$='/{kind}/paper/']")
    form.locator(f"[name=language][value={language}]").check()
    with page.expect_download() as download:
        form.locator("[type=submit]").click()
    return download.value.suggested_filename


def test_one_is_destroyed_one_is_sealed_and_what_is_held_is_neither(
    story: Story, house: House
) -> None:
    story.signs_in("Inès")
    asked, _reference = asks_with_her_worker(story, story.name)
    kept, reference = asks_with_her_worker(story, f"Alix {story.name[-1]}")

    # Nadia holds the second one; she alone reads why nothing of it is destroyed.
    story.signs_in("Nadia")
    nadia = story.screen_of("Nadia")
    story.go("Nadia", "/keeping/holds/")
    story.reads_clearly("Nadia")
    nadia.locator("main details summary").last.click()
    nadia.locator("main [name=reference]").fill(reference)
    nadia.locator("main [name=ground][value=CLAIM]").check()
    nadia.locator("main [name=words]").fill("No 12")
    sends(nadia)
    story.is_on("Nadia", "/keeping/holds/")
    story.reads_clearly("Nadia")
    story.go("Nadia", f"/keeping/files/{kept}/")
    assert story.name not in nadia.content()
    proposes(nadia, "DESTROYED")
    expect(nadia.locator("main")).to_contain_text(HELD[story.language])
    story.reads_clearly("Nadia")

    # Sealed instead, by two people: a manager says yes.
    nadia.locator("main [name=exit][value=SEALED]").check()
    proposes(nadia, "SEALED", f"{clock.today().year + 2}-03-02")
    sealed = "/keeping/" + nadia.url.partition("/keeping/")[2]
    assert nadia.locator("main form[action$='/yes/']").count() == 0
    story.signs_in("Odile")
    says_yes(story, "Odile", sealed)

    # The first is destroyed: proposed by one, confirmed by the other.
    story.go("Nadia", "/keeping/")
    story.reads_clearly("Nadia")
    nadia.locator(f"main a[href='/keeping/files/{asked}/']").first.click()
    story.reads_clearly("Nadia")
    expect(nadia.locator("main")).to_contain_text(ASKED)
    proposes(nadia, "DESTROYED")
    destroyed = "/keeping/" + nadia.url.partition("/keeping/")[2]
    says_yes(story, "Odile", destroyed)
    with story.site.at_home():
        house.carry_out(UUID(destroyed.split("/")[2]), clock.now())

    # Of both a letter, in either language; of what is no more, a certificate.
    for path, kinds in ((sealed, ["letter"]), (destroyed, ["letter", "certificate"])):
        for kind in kinds:
            for language in ("fr", "en"):
                story.go("Nadia", path)
                story.reads_clearly("Nadia")
                name = put_on_paper(nadia, kind, language)
                assert (name.endswith(".pdf"), story.name in name) == (True, False)

    # Her worker finds neither any more.
    for file_id in (asked, kept):
        assert story.go("Inès", f"/files/{file_id}/").status == 404
