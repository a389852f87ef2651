"""Does the page say the same whatever was looked for, and does its question betray nobody?"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import VISITOR, Actor
from spheres.followup.why import actions, policy, queries, standing
from spheres.followup.why.models import Asking
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.pages import Page, signed_in, visitor

pytestmark = pytest.mark.django_db
QUESTION = uuid_of("a question")


def ask(who: Actor, words: str = "", page: str = "FILE") -> None:
    with acting(who):
        actions.ask(QUESTION, page, words, by=who, at=MONDAY)


def told(who: Actor) -> list[str]:
    with acting(who, TUESDAY), translation.override("en"):
        return [line.sentence for line in standing.asked(actor=who)]


def main(answer: Any) -> str:
    text = str(answer.content.decode())
    return text[text.index("<main") :]


def get(who: Actor, where: str) -> Any:
    with clock.at(MONDAY):
        return signed_in(who, language="en").get(where)


@pytest.mark.parametrize("who", ["ines", "louise", "roy", "karim", "nadia", "amrani", "samir"])
def test_it_is_linked_from_what_does_not_exist_and_from_what_is_closed_alike(
    cast: Cast, who: str
) -> None:
    actor = getattr(cast, who)
    hidden = cast.ines.user_id if who == "ines" else cast.maya.file_id

    pages = [main(get(actor, f"/files/{one}/")) for one in (hidden, uuid4())]

    assert pages[0] == pages[1]
    assert 'href="/why/"' in pages[0]


def test_the_youth_site_is_not_asked_why(cast: Cast) -> None:
    page = visitor(settings.YOUTH_HOST).get("/nothing/")

    assert (page.status_code, b"/why/" in page.content) == (404, False)


def test_the_page_is_the_same_wherever_one_comes_from(cast: Cast) -> None:
    with clock.at(MONDAY):
        client = signed_in(cast.samir, language="en")
        pages = [
            client.get("/why/", headers={"referer": f"https://x/files/{one}/"}).content.decode()
            for one in (cast.maya.file_id, uuid4())
        ]

    said = [[text for text, _box in Page(page).texts] for page in pages]
    assert said[0] == said[1]
    assert "It is a rule that answers, not a colleague." in " ".join(said[0])
    assert Page(pages[0]).fields.keys() >= {"form_id", "page", "words"}


def test_the_question_goes_to_the_desk_as_a_neutral_line_and_to_nobody_else(cast: Cast) -> None:
    ask(cast.samir, "Préparer une rencontre.")
    ask(cast.samir, "Préparer une rencontre.")

    line = ["Samir asks about a page that does not open, since March 2."]
    assert told(cast.louise) == line
    others = (cast.ines, cast.karim, cast.roy, cast.nadia, cast.yanick)
    assert [told(who) for who in others] == [[]] * 5
    assert mail.outbox == []
    for who in others:
        with acting(who):
            assert not Asking.objects.exists()
    with acting(cast.samir):
        assert Asking.objects.count() == 1  # her own


def test_it_holds_no_identifier_of_anybody_and_no_word_in_clear(cast: Cast) -> None:
    ask(cast.samir, "Préparer une rencontre.")

    with acting(cast.louise):
        row = Asking.objects.values().get()
    assert row.keys() == {"id", "asked_by", "asked_at", "page", "words"}
    assert b"rencontre" not in bytes(row["words"])
    with acting(cast.samir):
        events = Event.objects.filter(action="why.asked").values("chain_id", "record_ids")
        assert list(events) == [{"chain_id": cast.samir.user_id, "record_ids": [QUESTION]}]


@pytest.mark.parametrize("times", [1, 3])
def test_the_desk_reads_the_words_and_sees_to_it(cast: Cast, times: int) -> None:
    for number, who in enumerate((cast.samir, cast.ines, cast.samir)[:times]):
        with acting(who):
            actions.ask(uuid_of(f"{number}"), "PART", f"Mot {number}.", by=who, at=MONDAY)
    with clock.at(TUESDAY):
        louise = signed_in(cast.louise, at=TUESDAY, language="en")
        louise.get("/desk/why/")
        with CaptureQueriesContext(connection) as asked:
            page = main(louise.get("/desk/why/"))
        cost = len(asked)
        for _twice in range(2):
            answer = louise.post(f"/desk/why/{uuid_of('0')}/")
        after = main(louise.get("/desk/why/"))
        desk = main(louise.get("/desk/"))

    assert [f"Mot {number}." in page for number in range(3)] == [n < times for n in range(3)]
    assert "A part of a file that seems empty" in page
    assert (answer.status_code, "Mot 0." in after) == (302, False)
    assert ("asks about a page" in desk) == (times > 1)
    assert cost == 7


def test_only_the_desk_sees_to_it(cast: Cast) -> None:
    ask(cast.samir)

    with clock.at(TUESDAY):
        answers = [
            signed_in(who, at=TUESDAY).post(f"/desk/why/{QUESTION}/").status_code
            for who in (cast.ines, cast.karim, cast.roy)
        ]

    assert answers == [403] * 3
    assert len(told(cast.louise)) == 1


def test_nobody_asks_in_the_name_of_another_and_no_visitor_asks(cast: Cast) -> None:
    def write(who: Actor, asked_by: Actor) -> str:
        row = Asking(id=uuid4(), asked_by=asked_by.user_id, asked_at=MONDAY, page="FILE")
        try:
            with acting(who), transaction.atomic():
                Asking.objects.bulk_create([row])
        except ProgrammingError as refused:
            return str(getattr(refused.__cause__, "sqlstate", ""))
        return ""

    assert [
        write(cast.samir, cast.ines),
        write(VISITOR, VISITOR),
        write(cast.samir, cast.samir),
        write(cast.roy, cast.roy),
    ] == ["42501", "42501", "", ""]


def test_it_is_sent_from_the_page_and_a_full_name_is_looked_at_again(cast: Cast) -> None:
    with clock.at(MONDAY):
        samir = signed_in(cast.samir, language="en")
        number = Page(samir.get("/why/").content.decode()).fields["form_id"]
        empty = samir.post("/why/", {"form_id": number})
        named = samir.post(
            "/why/", {"form_id": number, "page": "FILE", "words": "Le dossier de Steve Tremblay."}
        )
        sent = samir.post("/why/", {"form_id": number, "page": "FILE", "words": "Mon travail."})
        done = samir.get("/why/sent/")

    assert [one.status_code for one in (empty, named, sent, done)] == [422, 422, 302, 200]
    with acting(cast.louise):
        assert [one.worker for one in queries.waiting(actor=cast.louise)] == ["Samir"]


@pytest.mark.parametrize("role", Role)
def test_anybody_of_the_programme_asks_and_the_coordination_sees_to_it(role: Role) -> None:
    actor = Actor(uuid4(), uuid4(), frozenset({role}))

    assert policy.can_ask(actor)
    assert bool(policy.can_see_to(actor)) == (role == Role.COORDINATOR)


def test_a_visitor_asks_nothing() -> None:
    assert not policy.can_ask(VISITOR)
