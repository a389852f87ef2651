"""Who reads the papers of a meeting, puts one there, takes it off; and who learns of none?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.papers.sandbox import Taken
from spheres.papers.tests.daemon import clamd
from spheres.papers.tests.factories import EICAR, TAKEN, document, picture, sandboxed
from spheres.partners.committees import actions as committees
from spheres.partners.meeting_papers import actions, queries
from spheres.partners.meeting_papers.actions import Sent
from spheres.partners.meeting_papers.models import Leaf, MeetingPaper
from tests.cast import FRIDAY, Cast, acting, uuid_of
from tests.committees import HELD, MEETING, SITTING, convene
from tests.pages import Page, signed_in, untranslated

__all__ = ["sandboxed"]
pytestmark = pytest.mark.django_db
HERE = f"/committees/meetings/{MEETING}/papers/"
FROM_PAGE = {"Sec-Fetch-Site": "same-origin"}


def ready_made(cast: Cast, who: Actor | None = None, which: str = "a paper") -> UUID:
    """A paper that stands there, without the sandbox."""
    by = who or cast.samir
    with acting(by, FRIDAY):
        seat = queries.seat(MEETING, actor=by)
        assert seat is not None
        sent = Sent(uuid_of(which), b"", "chiffres.pdf")
        actions.keep_taken(seat, sent, Taken("PDF", (picture(),), document()), by=by, at=FRIDAY)
    return uuid_of(which)


def browser(who: Actor, language: str = "fr") -> Client:
    return signed_in(who, at=FRIDAY, language=language)


def get(client: Client, path: str, **headers: str) -> Any:
    with clock.at(FRIDAY):
        return client.get(path, headers=headers or FROM_PAGE)


def post(client: Client, path: str) -> Any:
    with clock.at(FRIDAY):
        return client.post(path)


def send(client: Client, content: bytes, name: str = "IMG_1.jpg", **more: Any) -> Any:
    with clock.at(FRIDAY):
        number = Page(client.get(HERE).content.decode()).fields.get("form_id", "")
        sent = {
            "form_id": number, "names_nobody": "on", "paper": SimpleUploadedFile(name, content),
        }  # fmt: skip
        return client.post(HERE, sent | more)


def leaf_of(paper_id: UUID, number: int) -> str:
    return f"{HERE}{paper_id}/{Leaf.id_of(paper_id, number)}/"


@pytest.mark.usefixtures("sandboxed")
def test_whoever_sits_there_puts_a_paper_and_all_who_sit_take_it_page_by_page(cast: Cast) -> None:
    convene(cast)

    answer = send(browser(cast.samir), TAKEN["JPEG that tells where"][0])

    assert (answer.status_code, answer["Location"]) == (302, HERE)
    with acting(cast.samir, FRIDAY):
        [paper] = queries.papers(MEETING, actor=cast.samir)
    for slug in SITTING:
        client = browser(getattr(cast, slug), "en")
        assert "IMG_1.jpg" in get(client, HERE).content.decode(), slug
        taken = get(client, leaf_of(paper.pk, 1))
        assert (taken.status_code, taken.content[:4]) == (200, b"\xff\xd8\xff\xe0"), slug
        assert taken["Content-Disposition"] == 'attachment; filename="page-1.jpg"'
    with acting(cast.samir, FRIDAY):
        found = Event.objects.filter(chain_id=cast.samir.user_id, action__startswith="meeting_pap")
        assert sorted(found.values_list("action", flat=True)) == [
            "meeting_paper.kept", "meeting_paper.taken",
        ]  # fmt: skip


def test_whoever_does_not_sit_there_learns_of_no_paper(cast: Cast) -> None:
    """Yanick works where Inès does, Karim leads there, Nadia guards privacy: none sits."""
    convene(cast)
    paper_id = ready_made(cast)

    for slug in ("yanick", "karim", "nadia"):
        who: Actor = getattr(cast, slug)
        client = browser(who)
        statuses = [
            get(client, HERE).status_code,
            get(client, leaf_of(paper_id, 1)).status_code,
            post(client, f"{HERE}{paper_id}/off/").status_code,
            post(client, HERE).status_code,
        ]
        assert statuses == [404] * 4, slug
        with acting(who, FRIDAY):
            assert (MeetingPaper.objects.count(), Leaf.objects.count()) == (0, 0), slug


def test_whoever_sits_no_more_reads_it_no_more(cast: Cast) -> None:
    convene(cast)
    paper_id = ready_made(cast)
    client = browser(cast.roy)
    assert get(client, leaf_of(paper_id, 1)).status_code == 200

    with acting(cast.louise, FRIDAY):
        committees.end_member(uuid_of("roy sits"), by=cast.louise, at=FRIDAY)

    assert get(client, HERE).status_code == get(client, leaf_of(paper_id, 1)).status_code == 404


def test_it_is_taken_off_by_whoever_put_it_or_chairs_and_then_read_by_nobody(cast: Cast) -> None:
    convene(cast)
    paper_id = ready_made(cast)
    with acting(cast.roy, FRIDAY), pytest.raises((NotAllowed, WrongState)), transaction.atomic():
        actions.remove(paper_id, chairs=False, by=cast.roy, at=FRIDAY)

    with clock.at(FRIDAY):
        client = browser(cast.samir)
        assert client.post(f"{HERE}{paper_id}/off/").status_code == 302
        assert client.post(f"{HERE}{paper_id}/off/").status_code == 302  # pressed twice
    assert get(client, leaf_of(paper_id, 1)).status_code == 404
    assert "chiffres.pdf" not in get(client, HERE).content.decode()

    another = ready_made(cast, which="another")
    with clock.at(FRIDAY):
        assert browser(cast.louise).post(f"{HERE}{another}/off/").status_code == 302


def test_nothing_is_put_beside_a_meeting_that_is_over_or_not_held(cast: Cast) -> None:
    meeting = convene(cast)
    after = HELD + timedelta(days=1)
    with acting(cast.samir, after):
        seat = queries.seat(MEETING, actor=cast.samir)
    assert seat is not None
    with acting(cast.samir, after), pytest.raises(NotAllowed):
        actions.keep(seat, Sent(uuid4(), b"", "a.pdf"), by=cast.samir, at=after)
    with acting(cast.louise, FRIDAY):
        committees.cancel_meeting(meeting.pk, by=cast.louise, at=FRIDAY)
    page = get(browser(cast.samir, "en"), HERE).content.decode()
    assert "This meeting is not held any more: put it beside the next one." in page


def test_the_database_lets_nobody_put_one_elsewhere_or_in_another_name(cast: Cast) -> None:
    meeting = convene(cast)
    row = {
        "committee_id": meeting.committee_id, "meeting_id": MEETING, "pages": 1, "size": 1,
        "has_document": False, "written_at": FRIDAY,
    }  # fmt: skip
    lies: list[tuple[Actor, dict[str, Any]]] = [
        (cast.karim, {"written_by": cast.karim.user_id}),
        (cast.samir, {"written_by": cast.roy.user_id}),
        (cast.samir, {"written_by": cast.samir.user_id, "meeting_id": uuid4()}),
        (cast.samir, {"written_by": cast.samir.user_id, "written_at": HELD}),
    ]
    for who, lie in lies:
        with acting(who, FRIDAY), pytest.raises(ProgrammingError), transaction.atomic():
            MeetingPaper.objects.bulk_create([MeetingPaper(id=uuid4(), **row | lie)])


@pytest.mark.usefixtures("sandboxed")
@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"hello", "a.txt", "This is none of the kinds that are taken"),
        (b"", "a.pdf", "This file is empty"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_paper(
    cast: Cast, content: bytes, name: str, said: str
) -> None:
    convene(cast)
    answer = send(browser(cast.samir, "en"), content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.usefixtures("sandboxed")
def test_what_the_antivirus_finds_or_does_not_answer_to_is_not_kept(
    cast: Cast, tmp_path: Path
) -> None:
    convene(cast)
    client = browser(cast.samir, "en")
    with override_settings(CLAMD=str(tmp_path / "clamd.sock")):
        silent = send(client, picture())
        with clamd(tmp_path):
            harmful = send(client, picture() + EICAR)
    assert (silent.status_code, harmful.status_code) == (422, 422)
    assert "The antivirus did not answer" in silent.content.decode()
    assert "something harmful" in harmful.content.decode()
    with acting(cast.samir, FRIDAY):
        assert queries.number_of(MEETING, actor=cast.samir) == 0


def test_without_saying_that_it_names_nobody_nothing_is_kept(cast: Cast) -> None:
    convene(cast)
    answer = send(browser(cast.samir, "en"), picture(), names_nobody="")
    assert answer.status_code == 422
    assert "Tick the box to go on." in answer.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pages_say_everything_in_both_languages(cast: Cast, language: str) -> None:
    convene(cast)
    with untranslated() as missing:
        client = browser(cast.samir, language)
        assert get(client, HERE).status_code == 200
        ready_made(cast)
        assert get(client, HERE).status_code == 200
        assert f'href="{HERE}"' in get(client, HERE.removesuffix("papers/")).content.decode()
    assert missing == set()


def test_the_page_costs_the_same_for_one_paper_and_for_three(cast: Cast) -> None:
    convene(cast)
    ready_made(cast)
    client = browser(cast.samir)

    def cost() -> int:
        get(client, HERE)
        with CaptureQueriesContext(connection) as asked:
            get(client, HERE)
        return len(asked)

    once = cost()
    for number in range(2):
        ready_made(cast, which=f"paper {number}")
    assert cost() == once
