"""What does anybody learn of an attestation by its number? That it is valid, or not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.core.actor import VISITOR
from spheres.training.attestations import actions, queries
from spheres.training.attestations.numbers import number_of, said
from spheres.training.attestations.tests.factories import attest, attest_outside, teach
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import untranslated, visitor

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 10)
VALID, NOT_VALID = "<h1>Valide</h1>", "<h1>Non valide</h1>"


@pytest.fixture
def held(cast: Cast) -> Cast:
    """One that does not lapse, one that lapses on 10 March, one from outside, one taken back."""
    teach()
    attest("for good", cast.ines, "for-good", DAY, by=cast.louise)
    attest("a year", cast.ines, "danger", DAY, by=cast.louise)
    attest_outside("outside", "first", DAY, by=cast.louise)
    attest("mistake", cast.ines, "first", DAY, by=cast.louise)
    with acting(cast.louise):
        mistake = queries.find(uuid_of("mistake"), actor=cast.louise)
        assert mistake is not None
        actions.take_back(uuid_of("b"), mistake, reason="TWICE", by=cast.louise, at=MONDAY)
    return cast


def asked(number: str, *, at: Any = MONDAY, browser: Any = None) -> Any:
    with clock.at(at):
        site = browser or visitor(settings.YOUTH_HOST)
        page = site.get("/attestation/").content.decode()
        form_id = page.split('name="form_id" value="')[1].split('"')[0]
        return site.post("/attestation/", {"verification_number": number, "form_id": form_id})


def answer(which: str, *, at: Any = MONDAY) -> str:
    page = asked(said(number_of(uuid_of(which))), at=at)
    assert page.status_code == 200
    return str(page.content.decode())


def test_a_number_that_holds_today_is_valid_and_names_nobody(held: Cast) -> None:
    pages = [answer(which) for which in ("for good", "a year", "outside")]

    assert all(VALID in page for page in pages)
    for words in ("Inès", "Mireille", "Thème", "2025", "2026-"):
        assert not any(words in page.split("<main")[1].split("</main")[0] for page in pages)


def test_unknown_taken_back_and_lapsed_are_one_answer(held: Cast) -> None:
    later = MONDAY + timedelta(days=9)
    unknown, taken_back = answer("nothing"), answer("mistake")
    last_day = answer("a year", at=MONDAY + timedelta(days=8))
    lapsed = answer("a year", at=later)

    assert NOT_VALID in unknown
    assert body(unknown) == body(taken_back) == body(lapsed)
    assert VALID in last_day


def body(page: str) -> str:
    return page.split("<main")[1].split("</main")[0]


def test_every_answer_asks_the_database_the_same(held: Cast) -> None:
    def statements(which: str) -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            answer(which)
        return [query["sql"].split("(")[0] for query in seen if "SAVEPOINT" not in query["sql"]]

    assert statements("for good") == statements("nothing") == statements("mistake")


def test_a_mistyped_sign_is_told_before_anything_is_looked_up(held: Cast) -> None:
    number = number_of(uuid_of("for good"))
    wrong = asked(number[:-1] + ("0" if number[-1] != "0" else "1"))

    assert wrong.status_code == 422
    assert "Il manque un signe" in wrong.content.decode()
    assert asked("").status_code == 422


def test_numbers_are_not_tried_in_bulk_even_by_whoever_leaves_its_cookies(held: Cast) -> None:
    answers = [asked(number_of(uuid_of(f"try {number}"))).status_code for number in range(32)]
    right = asked(number_of(uuid_of("for good")))
    an_hour_later = asked(number_of(uuid_of("for good")), at=MONDAY + timedelta(minutes=61))

    assert answers == [200] * 30 + [429] * 2
    assert (right.status_code, VALID in right.content.decode()) == (429, False)
    assert VALID in an_hour_later.content.decode()


def test_a_machine_that_fills_every_field_is_answered_nothing(held: Cast) -> None:
    with clock.at(MONDAY):
        site = visitor(settings.YOUTH_HOST)
        page = site.get("/attestation/").content.decode()
        form_id = page.split('name="form_id" value="')[1].split('"')[0]
        number = number_of(uuid_of("for good"))
        sent = {"verification_number": number, "form_id": form_id, "e2": "x"}
        elsewhere = site.post("/attestation/", sent, headers={"sec-fetch-site": "cross-site"})
        filled = site.post("/attestation/", sent)

    assert (filled.status_code, elsewhere.status_code) == (429, 403)


def test_the_visitor_reads_no_attestation(held: Cast) -> None:
    from spheres.training.attestations.models import Attestation, TakenBack

    with acting(VISITOR):
        assert list(Attestation.objects.order_by("pk")) == []
        assert list(TakenBack.objects.order_by("pk")) == []


def test_the_pages_set_no_cookie_and_are_said_in_both_languages(held: Cast) -> None:
    with clock.at(MONDAY), untranslated() as missing:
        page = visitor(settings.YOUTH_HOST).get("/attestation/")
        answered = asked(number_of(uuid_of("for good")))
        refused = asked(number_of(uuid_of("nothing")))
    assert (page.status_code, page.cookies, answered.cookies) == (200, {}, {})
    assert refused.status_code == 200
    assert missing == set()
