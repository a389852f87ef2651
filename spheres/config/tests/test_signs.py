"""Does a sign that she agreed to come softly on the day of her worker, and go by itself?"""

from __future__ import annotations

import html
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spheres.core import clock
from spheres.followup.notes import actions as notes
from spheres.followup.reaching.tests.factories import agree
from spheres.followup.safety_net.models import Part, Rhythm
from spheres.followup.safety_net.queries import turn
from spheres.followup.safety_net.tests import factories
from spheres.participants.models import FollowUpStatus
from tests.cast import MONDAY, Cast, acting, follow, uuid_of
from tests.pages import signed_in, untranslated

AGREED = date(2026, 3, 2)  # a Monday
APRIL = datetime(2026, 4, 2, 15, tzinfo=MONDAY.tzinfo)


@pytest.mark.parametrize(
    ("rhythm", "today", "around"),
    [
        (Rhythm.MONTH, date(2026, 3, 20), None),
        (Rhythm.MONTH, date(2026, 3, 30), date(2026, 4, 2)),
        (Rhythm.MONTH, date(2026, 4, 16), date(2026, 4, 2)),
        (Rhythm.MONTH, date(2026, 4, 17), None),  # it went by itself
        (Rhythm.MONTH, date(2026, 4, 29), date(2026, 5, 2)),  # the next one, in its time
        (Rhythm.TWO_WEEKS, date(2026, 3, 12), None),
        (Rhythm.TWO_WEEKS, date(2026, 3, 13), date(2026, 3, 16)),
        (Rhythm.TWO_MONTHS, date(2026, 5, 1), date(2026, 5, 2)),
        (Rhythm.SEASON, date(2026, 6, 2), date(2026, 6, 2)),
    ],
)
def test_around_which_day_a_sign_was_agreed_to(
    rhythm: str, today: date, around: date | None
) -> None:
    assert turn(AGREED, rhythm, today) == around


def test_the_end_of_a_month_stays_its_end() -> None:
    assert turn(date(2026, 1, 31), Rhythm.MONTH, date(2026, 2, 27)) == date(2026, 2, 28)


# On the day of her worker.

pytestmark = pytest.mark.django_db


def space(cast: Cast, rhythm: str = Rhythm.MONTH, which: str = "course", **said: Any) -> None:
    said = {"agreed_on": AGREED if rhythm else None, **said}
    with acting(cast.ines):
        factories.write(
            cast.maya.file_id, uuid_of(which), by=cast.ines, at=MONDAY, part=Part.COURSE,
            rhythm=rhythm, **said,
        )  # fmt: skip


def day(cast: Cast, at: datetime, language: str = "fr") -> str:
    with clock.at(at):
        answer = signed_in(cast.ines, at=at, language=language).get("/")
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


SIGN = "un signe était convenu autour du jeudi 2 avril"


def test_it_is_said_with_her_safe_way_and_nothing_is_late(cast: Cast) -> None:
    agree(cast, "texts", at=MONDAY, channel="text")
    space(cast)

    page = day(cast, APRIL)

    card = page.partition("Un signe, comme convenu")[2].partition("</section>")[0]
    assert f"Maya : {SIGN}" in card
    assert "Texto" in card
    assert "retard" not in card
    assert f"/files/{cast.maya.file_id}/notes/new/" in card


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_complete_in_both_languages(cast: Cast, language: str) -> None:
    space(cast)
    with untranslated() as missing:
        day(cast, APRIL - timedelta(days=2), language)

    assert missing == set()


def test_it_goes_by_itself_two_weeks_later(cast: Cast) -> None:
    space(cast)

    assert SIGN in day(cast, APRIL + timedelta(days=14))
    assert "convenu autour" not in day(cast, APRIL + timedelta(days=15))


@pytest.mark.parametrize(("kind", "is_moved"), [("text", True), ("missed", False)])
def test_it_moves_when_a_contact_happens(cast: Cast, kind: str, is_moved: bool) -> None:
    space(cast)
    earlier = APRIL - timedelta(days=5)
    with acting(cast.ines, earlier):
        written = notes.Written(uuid_of("a contact"), kind, earlier)
        notes.sign(cast.maya.file_id, written, by=cast.ines, at=earlier)

    assert (SIGN in day(cast, APRIL)) is not is_moved
    in_its_turn = day(cast, earlier + timedelta(days=31))
    assert ("autour du mardi 28 avril" in in_its_turn) is is_moved


@pytest.mark.parametrize("rhythm", [Rhythm.ASKS, ""])
def test_without_a_rhythm_or_when_she_asks_nothing_is_said(cast: Cast, rhythm: str) -> None:
    space(cast, rhythm)

    assert "convenu autour" not in day(cast, APRIL)


def test_the_newest_version_stands(cast: Cast) -> None:
    space(cast)
    space(cast, "", "another")

    assert "convenu autour" not in day(cast, APRIL)


def test_where_she_wants_no_contact_nothing_calls_for_one(cast: Cast) -> None:
    agree(cast, "waits", at=MONDAY, channel="wait")
    space(cast)

    assert "convenu autour" not in day(cast, APRIL)


@pytest.mark.parametrize("over", ["LEFT", "ENDED", "DIED"])
def test_nothing_is_expected_of_somebody_who_left_or_died(cast: Cast, over: str) -> None:
    space(cast)
    at = MONDAY + timedelta(hours=1)
    with acting(cast.ines, at):
        FollowUpStatus.objects.filter(file_id=cast.maya.file_id).update(
            status=over, status_by=cast.ines.user_id, status_at=at
        )

    assert "convenu autour" not in day(cast, APRIL)


def test_the_day_costs_the_same_for_one_and_three(cast: Cast) -> None:
    costs = []
    for names in ([], ["Lou", "Zoé"]):
        for name in names:
            other = follow(name, desk=cast.institute.pk, louise=cast.louise, worker=cast.ines)
            with acting(cast.ines):
                factories.write(
                    other.file_id, uuid_of(name), by=cast.ines, at=MONDAY, part=Part.COURSE,
                    rhythm=Rhythm.MONTH, agreed_on=AGREED,
                )  # fmt: skip
        space(cast, which=f"course {len(costs)}")
        with clock.at(APRIL):
            ines = signed_in(cast.ines, at=APRIL)
            with CaptureQueriesContext(connection) as said:
                page = ines.get("/").content.decode()
        costs.append((len(said), page.count("était convenu")))

    assert [number for _cost, number in costs] == [1, 3]
    assert costs[0][0] == costs[1][0]
