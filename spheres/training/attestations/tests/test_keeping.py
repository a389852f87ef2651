"""Who keeps the list of who was trained, what is in it, and does the journal say it?"""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.training.attestations.tests.factories import asks, attest, teach
from tests.cast import MONDAY, Cast, acting
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
THERE = "/training/coverage/sheet/"
HEADING = ["Organization", "Name", "Role", "Topic", "Trained on", "Holds until", "State today"]


@pytest.fixture
def taught(cast: Cast) -> Cast:
    teach()
    asks()
    attest("first of Inès", cast.ines, "first", date(2026, 2, 2), by=cast.louise)
    attest("danger of Inès", cast.ines, "danger", date(2025, 1, 10), by=cast.louise)
    return cast


def kept(who: Actor, language: str = "en", **said: str) -> Any:
    with clock.at(MONDAY):
        return signed_in(who, language=language).post(THERE, {"kind": "csv"} | said)


def rows_of(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_a_line_says_each_topic_of_each_person_and_the_journal_says_who_kept_it(
    taught: Cast,
) -> None:
    heading, *rows = rows_of(kept(taught.karim))

    assert heading[1:] == HEADING[1:]
    house = taught.la_maison.name_en
    assert [row for row in rows if row[1] == "Inès"] == [
        [house, "Inès", "Youth worker", "Topic first", "2026-02-02", "2029-02-02", "Holds"],
        [house, "Inès", "Youth worker", "Topic danger", "2025-01-10", "2026-01-10", "To renew"],
    ]
    yanick = [row[3:] for row in rows if row[1] == "Yanick"]
    assert yanick == [
        [topic, "", "", "Still to follow"] for topic in ("Topic first", "Topic danger")
    ]
    assert {row[0] for row in rows} == {house}
    with acting(taught.karim):
        [event] = Event.objects.filter(action="attestation.sheet")
    assert event.actor_id == taught.karim.user_id
    assert {taught.ines.user_id, taught.yanick.user_id} <= set(event.record_ids)


def test_a_choice_is_kept_as_it_was_seen_and_a_wrong_one_keeps_nothing(taught: Cast) -> None:
    rows = rows_of(kept(taught.louise, organisation="la-maison", topic="first"))[1:]
    wrong = kept(taught.louise, organisation="nowhere")

    assert "Inès" not in {row[1] for row in rows}
    assert {row[0] for row in rows} == {taught.la_maison.name_en}
    assert (wrong.status_code, wrong["Location"]) == (302, "/training/coverage/")


def test_nobody_else_keeps_it_no_other_kind_is_made_and_looking_keeps_nothing(
    taught: Cast,
) -> None:
    with clock.at(MONDAY):
        looked = signed_in(taught.louise).get(THERE).status_code

    assert [kept(who).status_code for who in (taught.ines, taught.samir)] == [403, 403]
    assert (kept(taught.louise, kind="exe").status_code, looked) == (404, 405)
    with acting(taught.louise):
        assert Event.objects.filter(action="attestation.sheet").count() == 0


def test_it_is_said_in_french_too(taught: Cast) -> None:
    with untranslated() as missing:
        answer = kept(taught.louise, "fr", kind="xlsx")

    assert answer["Content-Disposition"] == 'attachment; filename="formations-suivies.xlsx"'
    assert missing == set()
