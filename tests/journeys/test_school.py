"""A school asks for a training, and everything that follows, until a third party checks a paper.

The school asks without account and comes back with its code; Louise answers, plans and sends the
address; the school enrols by it, Karim enrols Yanick, Inès enrols herself. In the room a code says
who is there; the list is closed; each holds a paper, whose number anybody checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from time import sleep
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from spheres.core import clock
from spheres.public.tests.letters import TRAINING
from spheres.training.catalogue.models import Topic
from spheres.training.sessions import actions, rooms
from spheres.training.sessions.actions import Moved
from spheres.training.sessions.models import TrainingSession
from tests.cast import LOADER, Cast, acting, uuid_of
from tests.journeys.conftest import Way
from tests.journeys.story import Story, told
from tests.journeys.test_follow_up import count_taps

pytestmark = pytest.mark.browser
SCHOOL, ROOM = "École des Rives", "Salle des Bouleaux"
REACH = "mireille.fortin@example.org"
SAID = {
    "fr": {
        "received": "Votre demande est reçue", "waits": "Pas encore de réponse",
        "answer": "Il y a une réponse", "agreed": "C’est convenu", "place": "A une place",
        "list": "Vous êtes sur la liste", "came": "Votre présence est notée",
        "there": "Était là", "closed": "3 personnes sont venues",
        "valid": "Valide", "mistyped": "Il manque un signe", "nothing": "Rien sous ce code",
    },
    "en": {
        "received": "Your request is received", "waits": "No answer yet",
        "answer": "There is an answer", "agreed": "It is agreed", "place": "Has a place",
        "list": "You are on the list", "came": "You are noted as being there",
        "there": "Was there", "closed": "3 people came",
        "valid": "Valid", "mistyped": "A sign is missing", "nothing": "Nothing under this code",
    },
}  # fmt: skip


def arranged(cast: Cast) -> Cast:
    with acting(LOADER):
        topic = Topic(
            id=uuid_of("stages"), slug="stages", position=1, kind="INITIAL", after=[],
            title_fr="Stades de changement", title_en="Stages of change", aims_fr=["Nommer."],
            aims_en=["To name."], minutes=180, languages=["fr", "en"], valid_months=36,
        )  # fmt: skip
        Topic.objects.bulk_create([topic])
    return cast


@pytest.fixture
def story(world, chromium: Browser, way: Way) -> Iterator[Story]:
    site, cast = world
    name = f"{SCHOOL} {way.number}"
    with told(site, chromium, cast, way.language, way.size, name=name) as one:
        yield one


def sends(page: Page) -> None:
    page.locator("main form .button-primary").last.click()


def the_school_asks(story: Story) -> str:
    """The public form, on one page; the code of its receipt."""
    school = story.screen_of("Mireille")
    school.goto(f"{story.site.youth}/training/")
    story.reads_clearly("Mireille")
    for name, value in (TRAINING | {"organisation": story.name}).items():
        question = school.locator(f"main [name={name}]")
        if question.first.get_attribute("type") == "radio":
            school.locator(f"main [name={name}][value='{value}']").check()
        elif name == "environment":
            question.select_option(value)
        else:
            question.fill(value)
    sends(school)
    expect(school.locator("main h1")).to_have_text(SAID[story.language]["received"])
    story.reads_clearly("Mireille")
    return school.locator("output").last.inner_text()


def the_school_reads(story: Story, code: str, title: str) -> Page:
    school = story.screen_of("Mireille")
    school.goto(f"{story.site.youth}/training/answer/")
    story.reads_clearly("Mireille")
    school.locator("[name=answer_code]").fill(code)
    sends(school)
    expect(school.locator("main h1")).to_have_text(title)
    story.reads_clearly("Mireille")
    return school


def louise_answers(story: Story, outcome: str, words: str) -> None:
    louise, day = story.screen_of("Louise"), clock.today() + timedelta(days=30)
    louise.locator(f"main [name=outcome][value={outcome}]").check()
    for part in ("day", "month", "year"):
        louise.locator(f"main [name=proposed_on_{part}]").fill(str(getattr(day, part)))
    louise.locator("main [name=words]").fill(words)
    sends(louise)
    expect(louise.locator("main blockquote")).to_contain_text(words)
    story.reads_clearly("Louise")


def louise_plans_from_the_request(story: Story) -> tuple[UUID, str]:
    """The day, the language and the places come along; the session, and the address to send."""
    louise = story.screen_of("Louise")
    louise.locator("main a[href*='/training/sessions/new/?']").first.click()
    expect(louise.locator("[name=places]")).to_have_value(TRAINING["people"])
    louise.locator("[name=topic]").select_option(str(uuid_of("stages")))
    louise.locator("[name=starts]").fill("9:00")
    louise.locator("[name=ends]").fill("12:00")
    louise.locator("[name=where]").fill(ROOM)
    louise.locator("[name=host]").select_option(str(story.cast.institute.pk))
    louise.locator("[name=trainer]").select_option(str(story.cast.louise.user_id))
    story.reads_clearly("Louise")
    sends(louise)
    louise.wait_for_url("**/training/sessions/*-*/")
    story.reads_clearly("Louise")
    link = louise.locator("main .wrap bdi", has_text="/t/").inner_text()
    return UUID(louise.url.rstrip("/").rpartition("/")[2]), link


def the_day_comes(story: Story, session_id: UUID, *, minutes: int) -> None:
    """The session begins in so many minutes; in none, it has just begun."""
    louise, at = story.cast.louise, clock.now()
    begins = at + timedelta(minutes=minutes, milliseconds=50)
    with story.site.at_home(), acting(louise, at):
        of = TrainingSession.objects.get(pk=session_id)
        to = Moved(begins, at + timedelta(hours=2), of.mode, of.where, of.places)
        actions.change(of, to, by=louise, at=at)
    sleep(0.1)


def keeps_the_paper(page: Page, folder: Path) -> bytes:
    """Of the last line."""
    with page.expect_download() as download:
        page.locator("main form[action$='/paper/'] button").last.click()
    download.value.save_as(folder / "paper.pdf")
    return (folder / "paper.pdf").read_bytes()


def test_from_what_a_school_asks_to_a_number_that_a_third_party_checks(
    story: Story, tmp_path: Path
) -> None:
    said, cast = SAID[story.language], story.cast

    # The school asks, and comes back with its code: nothing is answered yet.
    code = the_school_asks(story)
    the_school_reads(story, "2222-2222-2222", said["nothing"])
    the_school_reads(story, code, said["waits"])

    # Louise proposes a day, plans the session from the request, and sends the address with a yes.
    story.signs_in("Louise")
    louise = story.screen_of("Louise")
    story.go("Louise", "/training/requests/")
    louise.get_by_role("link", name=story.name, exact=True).first.click()
    request_page = louise.url.removeprefix(story.site.staff)
    louise_answers(story, "PROPOSED", "Nous venons à deux.")
    the_school_reads(story, code, said["answer"])
    session_id, link = louise_plans_from_the_request(story)
    story.go("Louise", request_page)
    louise_answers(story, "AGREED", f"Pour vous inscrire : {link}")

    # The school reads it and enrols from there, on its own telephone, without account.
    school = the_school_reads(story, code, said["answer"])
    expect(school.locator("main")).to_contain_text(said["agreed"])
    expect(school.locator("main")).not_to_contain_text(story.name)
    school.locator("main a[href*='/t/']").first.click()
    story.reads_clearly("Mireille")
    school.locator("[name=name]").fill("Mireille Fortin")
    school.locator("[name=reach]").fill(REACH)
    school.locator("[name=place]").fill(SCHOOL)
    school.locator("[name=environment]").select_option("school")
    school.locator("[name=agrees]").check()
    sends(school)
    expect(school.locator("main")).to_contain_text(said["list"])
    story.reads_clearly("Mireille")

    # Karim enrols somebody of his team; Inès enrols herself.
    here = f"/training/sessions/{session_id}/"
    story.signs_in("Karim")
    karim = story.screen_of("Karim")
    story.go("Karim", here)
    karim.locator("main details summary").first.click()
    karim.locator(f"[name=people][value='{cast.yanick.user_id}']").check()
    karim.locator(f"form[action='{here}team/'] button").click()
    expect(karim.locator("main")).to_contain_text(f"Yanick · {said['place']}")
    story.reads_clearly("Karim")
    story.signs_in("Inès")
    ines = story.screen_of("Inès")
    story.go("Inès", here)
    ines.locator(f"form[action='{here}enrol/'] button").click()
    expect(ines.locator("main")).to_contain_text(said["place"])
    story.reads_clearly("Inès")

    # The day comes: the code shown in the room, on two telephones; Louise ticks Yanick, and closes.
    the_day_comes(story, session_id, minutes=10)
    figures = rooms.code_of(session_id)
    story.go("Louise", f"{here}list/")
    expect(louise.locator("main")).to_contain_text(figures)
    school.goto(f"{link}here/")
    story.reads_clearly("Mireille")
    taps: list[str] = []
    count_taps(school, taps)
    for name, typed in (("room_code", figures), ("reach", REACH.upper())):
        school.locator(f"[name={name}]").click()
        school.locator(f"[name={name}]").fill(typed)
    sends(school)
    expect(school.locator("main")).to_contain_text(said["came"])
    assert len(taps) == 3
    story.reads_clearly("Mireille")
    story.go("Inès", here)
    ines.locator("[name=room_code]").fill(figures)
    ines.locator(f"form[action='{here}here/'] button").click()
    expect(ines.locator("main")).to_contain_text(said["there"])
    the_day_comes(story, session_id, minutes=0)
    story.go("Louise", f"{here}list/")
    louise.get_by_label("Yanick").check()
    louise.locator(f"form[action='{here}list/'] button").click()
    expect(louise.get_by_label("Yanick")).to_be_checked()
    story.reads_clearly("Louise")
    louise.locator(f"form[action='{here}list/close/'] button").click()
    expect(louise.locator("main")).to_contain_text(said["closed"])
    story.reads_clearly("Louise")

    # Each holds a paper: Inès hers, and Louise hands the school its own.
    story.go("Inès", "/training/mine/")
    story.reads_clearly("Inès")
    hers = keeps_the_paper(ines, tmp_path)
    story.go("Louise", "/training/outside/")
    expect(louise.locator("main")).to_contain_text("Mireille Fortin")
    story.reads_clearly("Louise")
    theirs = keeps_the_paper(louise, tmp_path)
    assert [paper[:5] for paper in (hers, theirs)] == [b"%PDF-"] * 2
    roots = [PdfReader(BytesIO(paper)).trailer["/Root"] for paper in (hers, theirs)]
    assert all(b"pdfuaid" in root["/Metadata"].get_data() for root in roots)

    # A third party checks the number, and learns one word.
    number = ines.locator("main .line .small", has_text=":").last.inner_text()
    number = number.partition(":")[2].strip()
    checks = story.screen_of("a third party")
    checks.goto(f"{story.site.youth}/attestation/")
    story.reads_clearly("a third party")
    checks.locator("[name=verification_number]").fill(number[:-1])
    sends(checks)
    expect(checks.locator("main")).to_contain_text(said["mistyped"])
    story.reads_clearly("a third party")
    checks.locator("[name=verification_number]").fill(number.lower())
    sends(checks)
    expect(checks.locator("main h1")).to_have_text(said["valid"])
    expect(checks.locator("main")).not_to_contain_text("Inès")
    story.reads_clearly("a third party")
