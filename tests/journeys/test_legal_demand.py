"""A week after her report, youth protection requires what is written of Lina. (SC-12, its end)

Who demands it, the accepted report and its conditions are checked; the minimum is prepared by one
and released by another; Lina sees it in her register.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.accounts.models import Role
from tests.cast import LOADER, Cast, acting, add_person, follow
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
ABOUT = "Selon l’article 35.4, ce qui a été fait avec elle ces deux derniers mois."
OFFICE = "Une personne déléguée du DPJ"


def arranged(cast: Cast) -> Cast:
    with acting(LOADER):
        add_person("Farah", cast.la_maison, Role.PRIVACY_OFFICER)
    return cast


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Lina {way.number}") as one:
        yield one


def sends(page: Page) -> None:
    page.locator("main form [type=submit]").last.click()
    page.wait_for_load_state()


def weighs(story: Story, page: Page, kind: str, code: str, words: str) -> None:
    page.locator(f"main a[href$='/steps/{kind}/']").click()
    story.reads_clearly("Nadia")
    page.locator(f"main [name=code][value={code}]").check()
    if page.locator("main [name=who]").count():
        page.locator("main [name=who]").fill(OFFICE)
    page.locator("main [name=words]").fill(words)
    sends(page)


def test_the_minimum_goes_by_two_people_and_lina_sees_it_in_her_register(story: Story) -> None:
    cast = story.cast
    with story.site.at_home():
        found = follow(story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
    here = f"/files/{found.file_id}/demands/"
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    # Inès, who walks with her, says that it concerns her: half written, nothing typed is lost.
    story.go("Inès", f"/files/{found.file_id}/")
    page.locator(f"main a[href='{here}']").click()
    story.reads_clearly("Inès")
    page.locator("main details summary").last.click()
    page.locator("main [name=about]").fill(ABOUT)
    page.locator("main [name=office]").fill(OFFICE)
    sends(page)
    story.reads_clearly("Inès")
    expect(page.locator("main [name=about]")).to_have_value(ABOUT)
    for name in ("kind", "asker"):
        page.locator(f"main [name={name}][value=PROTECTION]").check()
    page.locator(f"main [name=officer][value='{cast.nadia.user_id}']").check()
    sends(page)
    matter = page.url.rstrip("/").rpartition("/")[2]
    story.reads_clearly("Inès")

    # She tells Lina, with help that depends on nobody here.
    page.locator("main a[href$='/told/']").click()
    story.reads_clearly("Inès")
    page.locator("main [name=way][value=TOLD]").check()
    page.locator("main [name=support]").select_option("OFFERED")
    page.locator("main [name=words]").fill("Elle dit : « Correct, mais pas plus. »")
    sends(page)
    story.reads_clearly("Inès")

    # Nadia sees what arrived without a name; at her seat she weighs it, and cannot produce before.
    story.signs_in("Nadia")
    desk = story.screen_of("Nadia")
    seat = f"/demands/seats/{matter}/"
    story.go("Nadia", "/demands/")
    story.reads_clearly("Nadia")
    assert story.name not in desk.content()
    desk.locator(f"main a[href='{seat}']").click()
    story.reads_clearly("Nadia")
    assert desk.locator(f"main a[href='{seat}production/']").count() == 0
    weighs(story, desk, "identity", "SEEN", "Rappelée au numéro général.")
    weighs(story, desk, "law", "COMPELS", "Article 35.4.")
    weighs(story, desk, "report", "ACCEPTED", "Retenu; conditions précisées.")
    weighs(story, desk, "scope", "MINIMUM", "Une rencontre suffit.")
    weighs(story, desk, "secrecy", "NONE", "Aucune profession d’un ordre.")
    desk.locator(f"main a[href='{seat}seat/']").click()
    story.reads_clearly("Nadia")
    desk.locator("main [name=person]").first.check()
    sends(desk)
    desk.locator(f"main a[href='{seat}production/']").click()
    story.reads_clearly("Nadia")
    desk.locator("main [name=texts]").first.check()
    sends(desk)
    path = "/demands/" + desk.url.partition("/demands/")[2]
    story.reads_clearly("Nadia")
    assert desk.locator("main [name=outcome]").count() == 0

    # Another releases it: whoever prepared it cannot.
    story.signs_in("Farah")
    other = story.screen_of("Farah")
    story.go("Farah", path)
    story.reads_clearly("Farah")
    other.locator("main [name=outcome][value=RELEASED]").check()
    sends(other)
    story.reads_clearly("Farah")

    # Numbered and stamped pages, in both languages; handed over.
    story.go("Nadia", path)
    for language in ("fr", "en"):
        with desk.expect_download() as download:
            desk.locator(f"main form[action$='/paper/{language}/'] [type=submit]").click()
        name = download.value.suggested_filename
        assert (name.startswith("pages-"), story.name in name) == (True, False)
    story.go("Nadia", seat)
    weighs(story, desk, "delivered", "HAND", "Reçu signé ce jour.")
    story.reads_clearly("Nadia")

    # Lina reads it in her register; then the seats end, and nobody reads it from there any more.
    story.go("Inès", f"/files/{found.file_id}/communications/register/")
    expect(page.locator("main")).to_contain_text(OFFICE)
    story.reads_clearly("Inès")
    weighs(story, desk, "closed", "ENDS", "C’est réglé.")
    story.is_on("Nadia", "/demands/")
    assert story.go("Nadia", seat).status == 404
