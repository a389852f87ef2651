"""SC-20: a study is approved; who is asked apart, what leaves, and what when somebody says no?"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from spheres.accounts.models import Role
from spheres.core import clock
from spheres.core.actor import service
from spheres.evaluation.research import actions
from spheres.evaluation.research.models import Answer, Protocol
from tests.cast import LOADER, Cast, acting, add_organisation, add_person, follow
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told

pytestmark = pytest.mark.browser
SERVICE = service("research")
OTHERS = ("Alix", "Béa", "Cléo", "Dana", "Élie")
TOLD = {"fr": "On veut savoir ce qui aide à tenir.", "en": "We want to know what helps to hold on."}
WAITS = {
    "fr": "Attend la réponse d’une autre personne.",
    "en": "Waits for another person’s answer.",
}
DONE = {"fr": "C’est inscrit", "en": "It is written down"}
DROP = {"fr": "À retirer de toutes les copies", "en": "To take out of every copy"}
TAKE = {"fr": "L’emporter (ZIP)", "en": "Take it away (ZIP)"}


def arranged(cast: Cast) -> Cast:
    """The cast; those who do research; five people whom Samir accompanies."""
    with acting(LOADER):
        group = add_organisation("equipe-de-recherche", "research")
        add_person("Rose", group, Role.RESEARCHER)
        add_person("Patrice", cast.institute, Role.RESEARCH_OFFICER)
    for name in OTHERS:
        follow(name, desk=cast.institute.id, louise=cast.louise, worker=cast.samir)
    return cast


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    with told(site, chromium, cast, way.language, way.size, name=f"Alix {way.number}") as one:
        yield one


def submit(page: Page) -> None:
    page.locator("main form .button-primary").last.click()


def the_five_say_yes(story: Story, protocol_id: UUID) -> None:
    """Each was handed a card, and asked by Patrice."""
    from spheres.core.actor import Actor
    from spheres.participants import queries as participants
    from tests.cast import uuid_of

    patrice = Actor(uuid_of("patrice"), story.cast.institute.id, frozenset({Role.RESEARCH_OFFICER}))
    samir, codes = story.cast.samir, list[str]()
    with story.site.at_home():
        with acting(samir, clock.now()):
            protocol = Protocol.objects.get(pk=protocol_id)
            for one in participants.mine(actor=samir):
                codes.append(
                    actions.hand_card(
                        one.identity.file_id, uuid4(), protocol, by=samir, at=clock.now()
                    )
                )
        for code in codes:
            with acting(patrice, clock.now()):
                actions.answer_of(
                    uuid4(), code, agrees=True, giver=Answer.Giver.HERSELF, by=patrice,
                    at=clock.now(),
                )  # fmt: skip
    assert len(codes) == len(OTHERS)


def the_service_works(story: Story) -> None:
    with story.site.at_home():
        now = clock.now()
        with acting(SERVICE, now):
            actions.make(by=SERVICE, at=now)
            actions.look(by=SERVICE, at=now)


def answers(story: Story, code: str, says: str) -> None:
    """Patrice opens the card with whoever brings it, and writes what they say."""
    patrice = story.screen_of("Patrice")
    story.go("Patrice", "/research/")
    patrice.locator("[name=code]").fill(code.lower())
    submit(patrice)
    expect(patrice.locator("main")).to_contain_text(TOLD[story.language])
    assert "Maya" not in patrice.content()
    story.reads_clearly("Patrice")
    patrice.locator(f"[name=agrees][value={says}]").check()
    submit(patrice)
    expect(patrice.locator("main")).to_contain_text(DONE[story.language])
    story.reads_clearly("Patrice")


def lines(story: Story, study: str) -> list[dict[str, str]]:
    """What Rose takes away."""
    rose = story.screen_of("Rose")
    story.go("Rose", study)
    with rose.expect_download() as taken:
        rose.get_by_role("button", name=TAKE[story.language], exact=True).first.click()
    with zipfile.ZipFile(taken.value.path()) as held:
        assert {"datapackage.json", "people.csv", "dictionary.fr.md", "dictionary.en.md"} == {
            *held.namelist()
        }
        return list(csv.DictReader(io.StringIO(held.read("people.csv").decode())))


def a_table_is_made(story: Story, study: str) -> None:
    """Rose asks, Louise answers, the service makes it."""
    rose, louise, said = story.screen_of("Rose"), story.screen_of("Louise"), story.language
    story.go("Rose", study)
    submit_ask(rose, study)
    expect(rose.locator("main")).to_contain_text(WAITS[said])
    story.go("Louise", study)
    form = louise.locator(f"form[action^='{study}'][action$='/answer/']")
    form.locator("[name=approves][value=yes]").check()
    form.locator("button").click()
    story.reads_clearly("Louise")
    the_service_works(story)


def submit_ask(page: Page, study: str) -> None:
    page.locator(f"form[action='{study}ask/'] button").click()


def test_asked_apart_without_a_name_and_a_no_is_carried_on(story: Story, way: Way) -> None:
    cast, maya = story.cast, f"/files/{story.cast.maya.file_id}/research/"

    # The coordination writes down what was approved.
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/figures/")
    louise.locator("main a[href='/research/']").click()
    story.reads_clearly("Louise")
    louise.locator("main a[href='/research/new/']").click()
    today = clock.today()
    typed = {
        "title_fr": f"Ce qui aide {way.number}", "title_en": f"What helps {way.number}",
        "told_fr": TOLD["fr"], "told_en": TOLD["en"], "ethics": "CER-2026-14",
        "assessment": "EFVP-7",
    }  # fmt: skip
    for name, value in typed.items():
        louise.locator(f"[name={name}]").fill(value)
    louise.locator("[name=theme][value=services]").check()
    for part in ("age", "where", "met"):
        louise.locator(f"[name=parts][value={part}]").check()
    for name, day in (("starts_on", today), ("ends_on", today + timedelta(days=400))):
        for box, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            louise.locator(f"[name={name}_{box}]").fill(str(value))
    submit(louise)
    expect(louise.locator("main .error-summary")).to_be_visible()  # no agreement, no study
    story.reads_clearly("Louise")
    louise.locator("[name=agreement]").fill("ENT-2026-3")
    submit(louise)
    louise.wait_for_url(re.compile(r"/research/[0-9a-f-]{36}/$"))
    story.reads_clearly("Louise")
    study = louise.url.removeprefix(story.site.staff)
    the_five_say_yes(story, UUID(study.split("/")[2]))

    # Her worker hands a card over, and is told nothing of what she answers.
    story.signs_in("Inès")
    ines = story.screen_of("Inès")
    story.go("Inès", maya)
    story.reads_clearly("Inès")
    ines.locator(f"form[action='{maya}{study.split('/')[2]}/card/'] button").click()
    code = ines.locator("[data-spheres-code]").inner_text()
    story.reads_clearly("Inès")
    story.signs_in("Patrice")
    answers(story, code, "yes")
    story.go("Inès", maya)
    assert code not in ines.content()

    # A table is asked for, answered by another person, taken away.
    story.signs_in("Rose")
    a_table_is_made(story, study)
    first = lines(story, study)
    story.reads_clearly("Rose")
    assert {tuple(line.values())[1:] for line in first} == {("14-17", "community", "1-4")}
    assert len(first) == len(OTHERS) + 1
    story.go("Louise", study)
    expect(louise.locator("main")).to_contain_text("Rose")
    assert louise.get_by_role("button", name=TAKE[story.language], exact=True).count() == 0

    # In June she brings her card back: the line is to be dropped, and the next table has it not.
    answers(story, code, "no")
    the_service_works(story)
    story.go("Rose", study)
    rose = story.screen_of("Rose")
    expect(rose.locator("main")).to_contain_text(DROP[story.language])
    dropped = rose.locator("main .notice code, main code").last.inner_text()
    story.reads_clearly("Rose")
    rose.locator("form[action$='/drop/'] button").click()
    expect(rose.locator("main")).not_to_contain_text(DROP[story.language])
    a_table_is_made(story, study)
    second = lines(story, study)
    assert {line["line"] for line in first} - {line["line"] for line in second} == {dropped}

    # Her journal tells of the card alone; whoever accompanies nobody of hers opens no study.
    assert cast.maya.name not in story.screen_of("Rose").content()
    story.signs_in("Roy")
    story.is_refused("Roy", "/research/", study)
