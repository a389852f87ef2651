"""Is what came of advice counted by fixed months, and shown from the smallest group alone?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from spheres.core import clock
from spheres.core.actor import VISITOR, asker
from spheres.evaluation.indicators.tests.factories import APRIL, count, tallies
from spheres.worker_support.intervention_support import actions
from tests.cast import MONDAY, Cast, acting, uuid_of
from tests.pages import signed_in, untranslated

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def advised(cast: Cast, number: int, *, equipped: str = "YES", days: int = 0) -> None:
    """One professional asks, is called, and answers the two questions."""
    form_id = uuid_of(f"advice {number}")
    asked = actions.Asked(
        id=form_id, number=f"K7PM-2XQ{number}", age_band="14-17", language="fr",
        worries="Une élève s’absente.", role="enseignante", reach="450 555-0142",
    )  # fmt: skip
    with acting(VISITOR, MONDAY):
        actions.ask(asked, desk=cast.institute.id, by=VISITOR, at=MONDAY)
    then, them = MONDAY + timedelta(days=days), asker(form_id)
    given = actions.Given(uuid_of(f"given {number}"), "PHONE", outcomes=("informed", "equipped"))
    with acting(cast.louise, then):
        actions.answer(form_id, given, by=cast.louise, at=then)
    with acting(them, then):
        actions.say_how_it_was(
            form_id, clearer="YES", equipped=equipped, desk=cast.institute.id, by=them, at=then
        )


def test_what_came_of_advice_is_counted_by_month_at_the_desk(cast: Cast) -> None:
    advised(cast, 2)
    advised(cast, 3, equipped="PARTLY", days=9)
    count()

    assert [row[2:] for row in tallies() if row[2].startswith("ADVICE")] == [
        ("ADVICE", "", 2),
        ("ADVICE_CLEAR", "YES", 2),
        ("ADVICE_EQUIP", "PARTLY", 1),
        ("ADVICE_EQUIP", "YES", 1),
        ("ADVICE_GAVE", "equipped", 2),
        ("ADVICE_GAVE", "informed", 2),
        ("ADVICE_SPEED", "LATER", 1),
        ("ADVICE_SPEED", "SAME_DAY", 1),
    ]
    assert {row[:2] for row in tallies() if row[2].startswith("ADVICE")} == {(MARCH, "institut")}


@pytest.mark.parametrize(
    ("language", "said"), [("fr", ("Le jour même", "masqué")), ("en", ("The same day", "hidden"))]
)
def test_the_page_shows_them_from_the_smallest_group(
    cast: Cast, language: str, said: tuple[str, str]
) -> None:
    for number in range(2, 8):
        advised(cast, number, equipped="NO" if number == 2 else "YES")
    count()

    with clock.at(APRIL), untranslated() as missing:
        page = signed_in(cast.louise, at=APRIL, language=language).get("/figures/").content.decode()
    assert [word in page for word in said] == [True, True]
    assert missing == set()
