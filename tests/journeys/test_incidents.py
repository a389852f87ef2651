"""A telephone is lost, nothing readable on it: is it told in one press, judged, and registered?

SC-14 of the scenarios, its side of the incident; then one that concerns somebody, to whom it is
told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.accounts.models import Role
from spheres.regions import queries as regions
from tests.cast import LOADER, Cast, acting, add_person, follow
from tests.journeys.conftest import Way
from tests.journeys.server import Site, served, window
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
WORDS = {
    "fr": {
        "remove": "Retirer",
        "this_one": "celui-ci",
        "lost": "Il est perdu : ce qui a pu être vu, et le dire",
        "nothing": "Rien de lisible n’est gardé sur l’appareil",
        "tell": "Le dire",
        "read_by": "Lu par Gilles",
        "to_see_to": "à suivre, connu depuis",
        "register": "Ouvrir le registre",
        "see": "Voir",
        "assess": "L’évaluer",
        "add": "L’ajouter, daté d’aujourd’hui",
        "no_risk": "Il n’y a pas de risque de préjudice sérieux",
        "none_left": "Il ne reste rien à faire",
        "done": "Ce qui pouvait être fait est fait",
        "is_done": "Terminé le",
        "paper": "Tout le registre sur papier (PDF)",
        "keep": "Garder",
        "was_lost": "Quelque chose a été envoyé, remis ou dit à la mauvaise personne.",
        "which": "Dire lesquelles",
    },
    "en": {
        "remove": "Remove",
        "this_one": "this one",
        "lost": "It is lost: what could be seen, and tell it",
        "nothing": "Nothing readable is kept on the device",
        "tell": "Tell it",
        "read_by": "Read by Gilles",
        "to_see_to": "to be looked after, known since",
        "register": "Open the register",
        "see": "See",
        "assess": "Assess it",
        "add": "Add it, dated today",
        "no_risk": "There is no risk of serious injury",
        "none_left": "Nothing is left to do",
        "done": "What could be done is done",
        "is_done": "Done on",
        "paper": "The whole register on paper (PDF)",
        "keep": "Keep it",
        "was_lost": "Something was sent, handed or said to the wrong person.",
        "which": "Say which of my people",
    },
}
EIGHT = 8
NO_BREAK = "\u00a0"


def gathered() -> Cast:
    """The cast, with somebody in charge of privacy where Samir works."""
    cast = Cast.gather()
    with acting(LOADER):
        add_person("Gilles", cast.elsewhere, Role.PRIVACY_OFFICER)
    return cast


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[tuple[Site, Cast]]:
    found: list[Cast] = []
    logs = tmp_path_factory.mktemp("incidents")
    with (
        django_db_blocker.unblock(),
        served("test_incidents", logs=logs, prepare=lambda: found.append(gathered())) as site,
    ):
        yield site, found[0]
    regions.forget()


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Tess {way.number}") as one:
        yield one


def comes_in(page: Page, story: Story, person: str) -> None:
    page.goto(f"{story.site.staff}/sign-in/")
    page.locator(".door-person", has=page.locator(f"strong:text-is('{person}')")).click()
    expect(page).not_to_have_url(re.compile("/sign-in/"))


def presses(page: Page, words: str, role: str = "button") -> None:
    said = words.replace(" :", f"{NO_BREAK}:")
    page.locator("main").get_by_role(role, name=said, exact=True).first.click()


def test_a_lost_phone_is_removed_told_judged_and_registered(story: Story) -> None:
    words = WORDS[story.language]
    lost = window(story.browser, language=story.language, size=story.size, site=story.site)
    phone = lost.new_page()
    comes_in(phone, story, "Samir")

    # From another device: removed, and what could be seen, in plain sentences.
    story.signs_in("Samir")
    story.go("Samir", "/account/devices/")
    desk = story.screen_of("Samir")
    other = desk.locator("main .kept > li").filter(has_not_text=words["this_one"])
    other.get_by_role("button", name=words["remove"], exact=True).click()
    presses(desk, words["lost"], "link")
    expect(desk.locator("main")).to_contain_text(words["nothing"])
    story.reads_clearly("Samir")
    phone.locator("a[href='/']").first.click()
    expect(phone).to_have_url(re.compile("/sign-in/"))

    # One press: it is told, with these facts.
    presses(desk, words["tell"])
    expect(desk).to_have_url(re.compile(r"/incidents/[0-9a-f-]{36}/$"))
    expect(desk.locator("main")).to_contain_text(words["nothing"])
    expect(desk.locator("main")).to_contain_text(words["read_by"])
    story.reads_clearly("Samir")
    lost.close()

    # The person in charge of privacy is asked, judges, and closes; no notice is due.
    story.signs_in("Gilles")
    page = story.screen_of("Gilles")
    story.go("Gilles", "/")
    expect(page.locator("main")).to_contain_text(words["to_see_to"])
    presses(page, words["register"], "link")
    story.reads_clearly("Gilles")
    presses(page, words["see"], "link")
    story.reads_clearly("Gilles")
    assert page.locator("main .card h2, main .card h3").count() >= EIGHT
    page.locator("main").get_by_role("link", name=words["assess"]).first.click()
    for name in ("sensitivity", "uses", "consequences", "likelihood"):
        page.locator(f"[name={name}]").fill("Rien de lisible.")
    page.locator("[name=conclusion][value=NOT_SERIOUS]").check()
    story.reads_clearly("Gilles")
    presses(page, words["add"])
    expect(page.locator("main")).to_contain_text(words["no_risk"])
    expect(page.locator("main")).to_contain_text(words["none_left"])
    presses(page, words["done"])
    expect(page.locator("main")).to_contain_text(words["is_done"])
    story.go("Gilles", "/incidents/")
    with page.expect_download() as made:
        presses(page, words["paper"])
    assert made.value.suggested_filename == "register.pdf"


def test_what_concerns_somebody_is_told_to_them_by_their_worker(story: Story) -> None:
    words, cast = WORDS[story.language], story.cast
    with story.site.at_home():
        file_id = follow(
            story.name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines
        ).file_id
    story.signs_in("Inès")
    page = story.screen_of("Inès")

    story.go("Inès", "/incidents/new/")
    story.reads_clearly("Inès")
    page.locator("[name=words]").fill("Un courriel est parti à la mauvaise adresse.")
    page.locator("[name=happened][value=SENT]").check()
    page.locator("[name=concerns][value=CONTACT]").check()
    presses(page, words["tell"])
    presses(page, words["which"], "link")
    page.get_by_label(story.name, exact=True).check()
    story.reads_clearly("Inès")
    presses(page, words["keep"])

    story.go("Inès", f"/files/{file_id}/incidents/")
    story.reads_clearly("Inès")
    page.locator("[name=way][value=TOLD]").check()
    presses(page, words["keep"])
    story.go("Inès", f"/files/{file_id}/communications/register/")
    expect(page.locator("main")).to_contain_text(words["was_lost"])
    story.reads_clearly("Inès")

    # Whoever keeps the register reads a number, and nobody's name.
    story.signs_in("Nadia")
    story.go("Nadia", "/incidents/")
    keeper = story.screen_of("Nadia")
    presses(keeper, words["see"], "link")
    expect(keeper.locator("main")).not_to_contain_text(story.name)
    story.reads_clearly("Nadia")
