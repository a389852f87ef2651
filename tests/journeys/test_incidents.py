"""A telephone is lost, nothing readable on it: is it told in one press, judged, and registered?

SC-14 of the scenarios, its side of the incident: judged without risk, or followed with its notices
until its five years are past; then one that concerns somebody, to whom it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from spheres.accounts import actions as door
from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.privacy.incidents.models import Step
from tests.cast import LOADER, Cast, acting, add_person, follow, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.server import window
from tests.journeys.story import Story, told
from tests.pages import signed_in

pytestmark = pytest.mark.browser
WORDS = {
    "fr": {
        "remove": "Retirer",
        "this_one": "celui-ci",
        "lost": "Il est perdu : ce qui a pu être vu, et le dire",
        "nothing": "Rien de lisible n’est gardé sur l’appareil",
        "tell": "Le dire",
        "read_by": "Lu par %s",
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
        "past": "du registre .* passé (son|leur) délai",
        "none_past": "Aucune inscription n’a passé son délai",
    },
    "en": {
        "remove": "Remove",
        "this_one": "this one",
        "lost": "It is lost: what could be seen, and tell it",
        "nothing": "Nothing readable is kept on the device",
        "tell": "Tell it",
        "read_by": "Read by %s",
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
        "past": "of the register (is|are) past (its|their) time",
        "none_past": "No entry is past its time",
    },
}
EIGHT, NOTICES = 8, 7  # the items of an entry; which of them is that of the notices
NO_BREAK = "\u00a0"


def arranged(cast: Cast) -> Cast:
    """The cast, with somebody in charge of privacy where Samir works, and where Iris does."""
    with acting(LOADER):
        add_person("Gilles", cast.elsewhere, Role.PRIVACY_OFFICER)
        add_person("Hugo", cast.institute, Role.PRIVACY_OFFICER)
        add_person("Iris", cast.institute, Role.YOUTH_WORKER)
    return cast


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


def loses_a_phone_and_tells(story: Story, who: str, keeper: str) -> None:
    """From another device: three presses, and not a word to type."""
    words = WORDS[story.language]
    lost = window(story.browser, language=story.language, size=story.size, site=story.site)
    phone = lost.new_page()
    comes_in(phone, story, who)

    # Removed, and what could be seen, in plain sentences.
    story.signs_in(who)
    story.go(who, "/account/devices/")
    desk = story.screen_of(who)
    other = desk.locator("main .kept > li").filter(has_not_text=words["this_one"])
    other.get_by_role("button", name=words["remove"], exact=True).click()
    presses(desk, words["lost"], "link")
    expect(desk.locator("main")).to_contain_text(words["nothing"])
    story.reads_clearly(who)
    phone.locator("a[href='/']").first.click()
    expect(phone).to_have_url(re.compile("/sign-in/"))

    # One press: it is told, with these facts.
    presses(desk, words["tell"])
    expect(desk).to_have_url(re.compile(r"/incidents/[0-9a-f-]{36}/$"))
    expect(desk.locator("main")).to_contain_text(words["nothing"])
    expect(desk.locator("main")).to_contain_text(words["read_by"] % keeper)
    story.reads_clearly(who)
    lost.close()


def opens_the_newest_entry(story: Story, keeper: str) -> None:
    """On their day, the register, the entry."""
    words, page = WORDS[story.language], story.screen_of(keeper)
    story.go(keeper, "/")
    expect(page.locator("main")).to_contain_text(words["to_see_to"])
    presses(page, words["register"], "link")
    story.reads_clearly(keeper)
    presses(page, words["see"], "link")
    story.reads_clearly(keeper)
    assert page.locator("main .card h2, main .card h3").count() >= EIGHT


def judges(story: Story, keeper: str, conclusion: str) -> None:
    words, page = WORDS[story.language], story.screen_of(keeper)
    page.locator("main").get_by_role("link", name=words["assess"]).first.click()
    for name in ("sensitivity", "uses", "consequences", "likelihood"):
        page.locator(f"[name={name}]").fill("Rien de lisible.")
    page.locator(f"[name=conclusion][value={conclusion}]").check()
    story.reads_clearly(keeper)
    presses(page, words["add"])


def notes_a_notice(story: Story, keeper: str, kind: str, **said: str) -> None:
    """It was given by their own means: the register says on which day."""
    words, page = WORDS[story.language], story.screen_of(keeper)
    entry = page.url
    page.goto(f"{entry}item/?of={NOTICES}")
    page.locator(f"[name=kind][value={kind}]").check()
    for name, value in said.items():
        page.locator(f"[name={name}]").fill(value)
    story.reads_clearly(keeper)
    presses(page, words["add"])
    expect(page).to_have_url(entry)
    story.reads_clearly(keeper)


def on_that_day(story: Story, keeper: str, who: Actor, path: str, at: datetime) -> Page:
    """The page as the site gives it at another moment, shown in the same window."""
    with story.site.looked_at():
        client = signed_in(who, at=at, language=story.language)
        with clock.at(at):
            answer = client.get(path, follow=True)
        door.go_out(client.cookies[settings.SESSION_COOKIE_NAME].value, at=clock.now())
    page, url = story.screen_of(keeper), f"{story.site.staff}{path}"
    said = {"body": answer.content.decode(), "content_type": "text/html; charset=utf-8"}
    page.route(url, lambda route: route.fulfill(status=answer.status_code, **said))
    page.goto(url)
    page.unroute(url)
    story.reads_clearly(keeper)
    return page


def test_a_lost_phone_is_removed_told_judged_and_registered(story: Story) -> None:
    words = WORDS[story.language]
    loses_a_phone_and_tells(story, "Samir", "Gilles")

    # The person in charge of privacy is asked, judges, and closes; no notice is due.
    story.signs_in("Gilles")
    page = story.screen_of("Gilles")
    opens_the_newest_entry(story, "Gilles")
    judges(story, "Gilles", "NOT_SERIOUS")
    expect(page.locator("main")).to_contain_text(words["no_risk"])
    expect(page.locator("main")).to_contain_text(words["none_left"])
    presses(page, words["done"])
    expect(page.locator("main")).to_contain_text(words["is_done"])
    story.go("Gilles", "/incidents/")
    with page.expect_download() as made:
        presses(page, words["paper"])
    assert made.value.suggested_filename == "register.pdf"


@pytest.mark.parametrize(
    ("who", "keeper", "recipients"),
    [
        pytest.param("Iris", "Hugo", [Step.Kind.MINISTER, Step.Kind.CAI], id="health"),
        pytest.param("Samir", "Gilles", [Step.Kind.CAI], id="elsewhere"),
    ],
)
def test_a_lost_phone_is_followed_with_its_notices_until_its_five_years_are_past(
    story: Story, who: str, keeper: str, recipients: list[Step.Kind]
) -> None:
    words, cast = WORDS[story.language], story.cast
    loses_a_phone_and_tells(story, who, keeper)

    # There is a risk: whom to notify follows the regime; nothing is done while one is left.
    story.signs_in(keeper)
    page = story.screen_of(keeper)
    opens_the_newest_entry(story, keeper)
    judges(story, keeper, "SERIOUS")
    left = page.locator("main ol li")
    expect(left).to_have_count(len(recipients) + 1)
    for kind in recipients:
        expect(page.get_by_role("button", name=words["done"], exact=True)).to_have_count(0)
        notes_a_notice(story, keeper, kind)
    expect(left).to_have_count(1)

    # The persons wait for an inquiry, until a day: reminded then, and not done before.
    again = clock.today() + timedelta(days=10)
    days = {"day": again.day, "month": again.month, "year": again.year}
    until = {f"look_again_on_{part}": str(value) for part, value in days.items()}
    notes_a_notice(story, keeper, Step.Kind.WAIT, why="Une enquête est en cours.", **until)
    expect(left).to_have_count(0)
    expect(page.get_by_role("button", name=words["done"], exact=True)).to_have_count(0)
    here = cast.institute if keeper == "Hugo" else cast.elsewhere
    officer = Actor(uuid_of(keeper.lower()), here.pk, frozenset({Role.PRIVACY_OFFICER}))
    eleven_days_later = clock.now() + timedelta(days=11)
    entry = page.url
    path = entry.removeprefix(story.site.staff)
    day = on_that_day(story, keeper, officer, "/", eleven_days_later)
    expect(day.locator("main")).to_contain_text(words["to_see_to"])
    day = on_that_day(story, keeper, officer, path, eleven_days_later)
    expect(day.locator("main ol li")).to_have_count(1)

    # The day they are told; then it is done.
    page.goto(entry)
    notes_a_notice(story, keeper, Step.Kind.PERSONS, persons="2")
    expect(page.locator("main")).to_contain_text(words["none_left"])
    presses(page, words["done"])
    expect(page.locator("main")).to_contain_text(words["is_done"])
    story.go(keeper, "/")
    expect(page.locator("main")).not_to_contain_text(words["to_see_to"])

    # Four years later it is kept; five years later, it is looked at again.
    kept, now = "/incidents/kept/", clock.now()
    day = on_that_day(story, keeper, officer, kept, now + timedelta(days=4 * 365))
    expect(day.locator("main")).to_contain_text(words["none_past"])
    five_years_later = now + timedelta(days=5 * 366)
    day = on_that_day(story, keeper, officer, "/", five_years_later)
    expect(day.locator("main")).to_contain_text(re.compile(words["past"]))
    day = on_that_day(story, keeper, officer, kept, five_years_later)
    expect(day.locator(f"main a[href='{path}']")).to_have_count(1)
    day = on_that_day(story, keeper, officer, f"{path}kept/", five_years_later)
    expect(day.locator("main [name=decision]")).to_have_count(2)


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
