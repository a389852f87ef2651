"""What do whoever gives a training, the phones in the room, and all the others see?"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from spheres.accounts import limits
from spheres.core import clock
from spheres.core.actor import VISITOR
from spheres.records.between import occasions
from spheres.training.learning import queries
from spheres.training.learning.models import LearningRound
from spheres.training.learning.tests.factories import (
    AN_HOUR,
    LATER,
    SESSION,
    again,
    all_of_it,
    asks,
    own,
    put_questions,
    sessions_come,
)
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated, visitor

pytestmark = pytest.mark.django_db
FIVE = [(2, 1), (2, 1), (2, 1), (1, 1), (2, 2)]
A_QUARTER_LATER = MONDAY + timedelta(days=120)


@pytest.fixture
def asked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    put_questions()
    sessions_come(monkeypatch, SESSION, uuid_of("another"))
    return cast


def words(page: HttpResponse) -> str:
    found = re.search(r"<main.*?</main>", page.content.decode(), re.DOTALL)
    assert found is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def form_id(page: HttpResponse) -> str:
    found = re.search(r'name="form_id" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def phone(of: LearningRound, at: datetime, **said: str) -> HttpResponse:
    """One answer, sent from the page as it stands."""
    with clock.at(at):
        browser, here = visitor(settings.YOUTH_HOST), f"/room/{of.code.lower()}/"
        sent = {"form_id": form_id(browser.get(here)), "time": of.time, **said}
        answer: HttpResponse = browser.post(here, sent)
        return answer


def test_a_group_is_asked_before_and_after_on_phones_and_read_by_whoever_asked(
    asked: Cast,
) -> None:
    with clock.at(MONDAY), untranslated() as missing:
        louise = signed_in(asked.louise)
        page = louise.get("/learning/open/")
        sent = {
            "form_id": form_id(page), "asks": str(uuid_of("questions")), "session": str(SESSION),
        }  # fmt: skip
        there = louise.post("/learning/open/", sent | day(MONDAY))
        assert there.status_code == 302, words(there)
        shown = louise.get(there["Location"])
    with acting(asked.louise):
        [of] = queries.mine(actor=asked.louise)
    assert (of.said_code in words(shown), of.code.lower() in words(shown)) == (True, True)

    given = [phone(of, MONDAY, own=own(n), words="2", ready="2") for n in range(5)]
    with clock.at(LATER):
        signed_in(asked.louise, at=LATER).post(f"/learning/{of.pk}/after/", {})
    of = again_of(of, asked)
    given += [
        phone(of, LATER, own=own(n), words="1", ready="5", useful="5", tries=f"Essai {n}")
        for n in range(5)
    ]
    with clock.at(LATER + AN_HOUR):
        louise = signed_in(asked.louise, at=LATER + AN_HOUR)
        louise.post(f"/learning/{of.pk}/close/", {})
        read = words(louise.get(f"/learning/{of.pk}/"))

    assert [one.status_code for one in given] == [200] * 10
    assert "Sur 5 personnes, 0 avaient choisi ce qui convient avant, et 5 après." in read
    assert all(f"Essai {n}" in read for n in range(5))
    assert missing == set()


def day(at: datetime) -> dict[str, str]:
    on = clock.day_of(at)
    return {"held_on": f"{on:%Y-%m-%d}"}


def again_of(of: LearningRound, asked: Cast) -> LearningRound:
    with acting(asked.louise, LATER):
        found = queries.find(of.pk, actor=asked.louise)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("said", "status", "answered"),
    [
        ({"own": "12AB", "words": "1"}, 422, "Écrivez deux lettres, puis deux chiffres"),
        ({"own": "AB12"}, 422, "Rien n’est encore répondu."),
        ({"own": "AB12", "words": "7"}, 422, "n’est plus dans la liste"),
        ({"own": "AB12", "words": "1", "time": "AFTER"}, 409, "rien n’en a été gardé"),
        ({"own": " é-b 12", "words": "1"}, 200, "Gardez votre code en tête"),
    ],
)
def test_what_a_phone_sends_is_kept_or_answered_why(
    said: dict[str, str], status: int, answered: str, asked: Cast
) -> None:
    page = phone(asks(asked.louise), MONDAY, **said)

    assert (page.status_code, answered in words(page)) == (status, True), words(page)


def test_a_group_of_four_is_told_in_one_sentence_that_nothing_is_shown(asked: Cast) -> None:
    of = all_of_it(asked, FIVE[:4])
    late = LATER + 3 * AN_HOUR
    with clock.at(late), untranslated() as missing:
        read = words(signed_in(asked.louise, at=late).get(f"/learning/{of.pk}/"))

    assert read.count("Trop peu de personnes ont répondu") == 1
    assert missing == set()


def test_a_name_in_what_one_will_try_is_pointed_out_before_it_is_kept(asked: Cast) -> None:
    of = asks(asked.louise)
    with clock.at(MONDAY):
        signed_in(asked.louise).post(f"/learning/{of.pk}/after/", {})
    of = again("group", asked.louise, MONDAY)
    said = {"own": "AB12", "words": "1", "tries": "En parler à Josée Tremblay."}

    warned = phone(of, MONDAY, **said)
    kept = phone(of, MONDAY, **said, looked_again="yes")

    assert (warned.status_code, "Josée Tremblay" in words(warned)) == (422, True)
    assert kept.status_code == 200


def test_a_code_that_is_unknown_over_or_closed_opens_nothing(asked: Cast) -> None:
    done = all_of_it(asked, FIVE)
    running = asks(asked.louise, uuid_of("another"), which="other")
    pages = []
    for code, at in (
        (done.code, LATER + 4 * AN_HOUR), ("ABCD2345", MONDAY), (running.code, running.ends_at),
    ):  # fmt: skip
        with clock.at(at):
            pages.append(visitor(settings.YOUTH_HOST).get(f"/room/{code.lower()}/"))

    assert [one.status_code for one in pages] == [404] * 3
    assert len({words(one) for one in pages}) == 1


def test_the_door_leads_to_the_room_however_the_code_is_typed(asked: Cast) -> None:
    of = asks(asked.louise)
    with clock.at(MONDAY), untranslated() as missing:
        browser = visitor(settings.YOUTH_HOST)
        assert browser.get("/room/").status_code == 200
        there = browser.post("/room/", {"room": f" {of.said_code.lower()} "})
        assert there["Location"] == f"/room/{of.code.lower()}/"
        page = browser.get(there["Location"])
        assert (page.status_code, dict(page.cookies)) == (200, {})
    assert missing == set()


def test_four_hundred_answers_a_day_come_from_one_building(asked: Cast) -> None:
    of = asks(asked.louise)
    with clock.at(MONDAY):
        assert visitor(settings.YOUTH_HOST).get("/room/").status_code == 200
    with acting(VISITOR):
        network = limits.network_of("127.0.0.1")
        for _time in range(400):
            limits.allow("room_sent", network, MONDAY)

    page = phone(of, MONDAY, own="AB12", words="1")

    assert (page.status_code, "tout est encore plus bas" in words(page)) == (429, True)


def test_another_group_is_a_page_that_does_not_exist_for_all_but_whoever_asked(
    asked: Cast,
) -> None:
    of = asks(asked.louise)
    with clock.at(MONDAY):
        pages = [
            signed_in(who).get(f"/learning/{of.pk}/").status_code
            for who in (asked.louise, asked.ines, asked.karim, asked.roy)
        ]
        forbidden = [
            signed_in(asked.ines).get(f"/learning/{page}").status_code for page in ("", "open/")
        ]

    assert (pages, forbidden) == ([200, 404, 404, 404], [200, 403])


def test_a_topic_is_shown_quarter_by_quarter_to_all_who_work_here(asked: Cast) -> None:
    all_of_it(asked, FIVE)
    there = f"/learning/topics/{uuid_of('exploitation')}/"
    with clock.at(A_QUARTER_LATER), untranslated() as missing:
        alone = words(signed_in(asked.ines, at=A_QUARTER_LATER).get(there))
    all_of_it(asked, [(1, 1)] * 6, which="other", session=uuid_of("another"), at=MONDAY + AN_HOUR)
    with clock.at(LATER):
        early = words(signed_in(asked.ines, at=LATER).get(there))
    with clock.at(A_QUARTER_LATER), untranslated() as missing_too:
        ines = signed_in(asked.ines, at=A_QUARTER_LATER)
        told = words(ines.get(there))
        nowhere = ines.get(f"/learning/topics/{uuid_of('nowhere')}/")

    sentence = "Sur 11 personnes, 7 avaient choisi ce qui convient avant, et 10 après."
    assert [sentence in one for one in (alone, early, told)] == [False, False, True]
    assert nowhere.status_code == 404
    assert (missing, missing_too) == (set(), set())


def test_the_page_of_a_session_leads_to_its_group(asked: Cast) -> None:
    before = riding(asked.louise)
    of = asks(asked.louise)

    assert [one.url for one in before] == ["/learning/open/"]
    assert [one.url for one in riding(asked.louise)] == [f"/learning/{of.pk}/"]
    assert riding(asked.ines) == []


def riding(who: Any) -> list[Any]:
    with acting(who):
        return occasions.riding_on(queries.TRAINING, SESSION, actor=who)


def test_without_a_session_to_come_no_group_is_asked(
    asked: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions_come(monkeypatch)
    with clock.at(MONDAY):
        page = signed_in(asked.louise).get("/learning/open/")

    assert (page.status_code, "Aucune séance à venir" in words(page)) == (200, True)


def test_a_list_of_groups_costs_the_same_with_one_and_with_three(asked: Cast) -> None:
    def cost() -> int:
        louise = signed_in(asked.louise)
        with clock.at(MONDAY), CaptureQueriesContext(connection) as found:
            louise.get("/learning/")
        return len(found)

    asks(asked.louise, uuid_of("one"), which="one")
    one = cost()
    for which in ("two", "three"):
        asks(asked.louise, uuid_of(which), which=which)

    assert cost() == one
