"""SC-17: is the time to a first psychotherapy appointment told by quarter, and of nobody?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

import pytest
from django.db import connection

from spheres.core import clock
from spheres.core.actor import SHARED, Actor
from spheres.evaluation.indicators.counting import FIGURES
from spheres.evaluation.indicators.models import Wait
from spheres.evaluation.indicators.tests.factories import APRIL, JULY, ROLLUPS, count, figures
from spheres.followup.therapy_requests import actions
from spheres.followup.therapy_requests.models import TherapyRequestDay
from spheres.sharing import actions as sharing
from spheres.sharing.models import Consent, Form
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
FIRST: Final = TherapyRequestDay.What.FIRST
QUARTER, NEXT = date(2026, 1, 1), date(2026, 4, 1)
A_DAY = timedelta(days=1)


def asks(cast: Cast, number: int) -> None:
    """Maya agrees, and Inès sends what she approved."""
    request = uuid_of(f"asks {number}")
    row = Consent(
        id=request, file_id=cast.maya.file_id, organisation_id=cast.amrani.organisation_id,
        purpose="psychotherapy", sections=["contact", "identity"], giver=Consent.Giver.HERSELF,
        form=Form.ON_SCREEN, language="fr", text_version="1", taken_by=cast.ines.user_id,
        taken_at=MONDAY, starts_at=MONDAY, ends_at=MONDAY + 300 * A_DAY,
    )  # fmt: skip
    with acting(cast.ines):
        sharing.agree(row, by=cast.ines)
        actions.ask(cast.maya.file_id, request, summary="Dormir.", by=cast.ines, at=MONDAY)


def begins(cast: Cast, number: int, days: int, *, said: datetime = MONDAY + A_DAY) -> None:
    """So many days later is the first appointment; Dr Amrani says it on this day."""
    there = Actor(cast.amrani.user_id, cast.amrani.organisation_id, cast.amrani.roles, SHARED)
    with acting(there, said):
        actions.say_day(
            uuid_of(f"begins {number} {said}"), uuid_of(f"asks {number}"), what=FIRST,
            on=MONDAY.date() + days * A_DAY, by=there, at=said,
        )  # fmt: skip


def waited(cast: Cast, *days: int) -> None:
    for number, wait in enumerate(days):
        asks(cast, number)
        begins(cast, number, wait)


def told(start: date = QUARTER) -> dict[str, int | None]:
    found = figures(start)
    return {kind: n for (_span, measure, kind), n in found.items() if measure == "THERAPY_WAIT"}


def counted(until: str = "2026-04-01", since: str = "2026-01-01") -> list[tuple[str, int]]:
    with acting(ROLLUPS, JULY), connection.cursor() as cursor:
        cursor.execute(
            f"select of_measure, of_kind, counted from access.{FIGURES.name}"
            "('quarter', 'America/Toronto', %s, %s) order by 2",
            [since, until],
        )
        return [(kind, n) for measure, kind, n in cursor.fetchall() if measure == "THERAPY_WAIT"]


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, Wait.TWO_WEEKS), (13, Wait.TWO_WEEKS), (14, Wait.SIX_WEEKS), (41, Wait.SIX_WEEKS),
        (42, Wait.THREE_MONTHS), (91, Wait.THREE_MONTHS), (92, Wait.LONGER), (200, Wait.LONGER),
    ],
)  # fmt: skip
def test_each_wait_is_in_one_band(cast: Cast, days: int, band: Wait) -> None:
    waited(cast, days)

    assert counted() == [(band, 1)]


def test_whoever_still_waits_is_in_no_band(cast: Cast) -> None:
    asks(cast, 1)

    assert counted() == []


def test_said_anew_it_counts_once_in_the_quarter_where_it_was_first_said(cast: Cast) -> None:
    waited(cast, 10)
    begins(cast, 0, 20, said=MONDAY + 2 * A_DAY)
    begins(cast, 0, 60, said=MONDAY + 40 * A_DAY)

    assert counted() == [(Wait.SIX_WEEKS, 1)]
    assert counted("2026-07-01", "2026-04-01") == []


def test_of_fewer_than_a_group_nothing_is_told_not_even_where_nobody_is(cast: Cast) -> None:
    waited(cast, 3, 5, 8, 20)
    count()

    assert told() == dict.fromkeys(Wait.values)


def test_from_a_group_on_bands_are_told_and_a_small_one_is_hidden_with_another(cast: Cast) -> None:
    waited(cast, *[5] * 6, *[20] * 5, 50)
    count()

    assert told() == {"TWO_WEEKS": None, "SIX_WEEKS": 5, "THREE_MONTHS": None, "LONGER": 0}


def test_a_quarter_without_any_tells_nought_and_what_was_told_does_not_change(cast: Cast) -> None:
    waited(cast, *[5] * 6)
    count()
    begins(cast, 0, 90, said=MONDAY + 45 * A_DAY)
    count(JULY)

    assert told() == {"TWO_WEEKS": 6, "SIX_WEEKS": 0, "THREE_MONTHS": 0, "LONGER": 0}
    assert set(told(NEXT).values()) == {0}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Attente d’une psychothérapie"),
        ("en", "How long psychotherapy was waited for"),
    ],
)
def test_the_page_says_it_to_who_reads_figures_once_the_quarter_is_over(
    cast: Cast, language: str, title: str
) -> None:
    waited(cast, *[5] * 6, 20)
    count()
    with clock.at(APRIL), untranslated() as missing:
        page = signed_in(cast.louise, at=APRIL, language=language).get("/figures/").content.decode()

    assert missing == set()
    assert title in page
