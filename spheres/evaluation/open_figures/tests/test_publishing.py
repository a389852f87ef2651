"""Is a year published once, when its four quarters are, and read by everybody?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, transaction

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import VISITOR
from spheres.evaluation.indicators import queries
from spheres.evaluation.indicators.definitions import INDICATORS
from spheres.evaluation.indicators.models import Figure
from spheres.evaluation.indicators.tests.factories import ROLLUPS, count, lived
from spheres.evaluation.open_figures import actions, tasks
from spheres.evaluation.open_figures.models import OPEN, YearFigure
from spheres.evaluation.open_figures.queries import take_open
from tests.cast import acting, refer, uuid_of

pytestmark = pytest.mark.django_db
YEAR = date(2025, 4, 1)  # the cast lives in March 2026: its first year is over in April
APRIL = datetime(2026, 4, 1, 12, tzinfo=UTC)
NEXT_APRIL = datetime(2027, 4, 1, 12, tzinfo=UTC)
WINTER = [(date(2026, month, 1), number) for month, number in ((1, 6), (2, 7), (3, 11))]


def publish(at: datetime = APRIL) -> list[date]:
    with acting(ROLLUPS, at):
        return actions.publish(by=ROLLUPS, at=at)


def told() -> dict[str, tuple[int | None, bool]]:
    with acting(VISITOR):
        (year,) = take_open().years
    return {one.measure: (one.number, one.is_floor) for one in year.told}


def test_a_year_is_published_once_its_last_quarter_is(cast) -> None:
    lived(cast.institute, WINTER)
    before = publish()
    count(APRIL)

    assert (before, publish(), publish()) == ([], [YEAR], [])
    assert told() == {
        "MEETINGS": (0, False),
        "TRAININGS": (0, False),
        "TRAINED": (0, False),
        "EVENTS": (0, False),
        "REACHED": (0, False),
        "ADVICE": (0, False),
        "PEOPLE": (None, False),  # one person: too few
        "REFERRALS": (24, False),
        "FOLLOW_UPS": (0, False),
    }


def test_a_year_that_is_not_over_is_not_published(cast) -> None:
    count(APRIL)
    publish()
    refer("Lou", desk=cast.institute.id, at=datetime(2026, 5, 5, 12, tzinfo=UTC))
    count(datetime(2027, 1, 2, 12, tzinfo=UTC))

    assert publish(datetime(2027, 3, 31, 12, tzinfo=UTC)) == []
    count(NEXT_APRIL)
    assert publish(NEXT_APRIL) == [date(2026, 4, 1)]


def test_people_are_counted_once_in_a_year_whatever_the_quarters(cast) -> None:
    with acting(ROLLUPS, APRIL):
        assert queries.people(YEAR, date(2026, 4, 1), actor=ROLLUPS) == 1


def test_what_was_not_counted_all_year_is_left_out_and_not_told_as_nought(cast) -> None:
    lived(cast.institute, WINTER)
    with acting(ROLLUPS, APRIL):
        Figure.objects.bulk_create(
            Figure(
                id=uuid_of(f"autumn {code}"), span="QUARTER", starts_on=date(2025, 10, 1),
                measure=code, kind="", number=8, version=1,
            )
            for code in ("PEOPLE", "REFERRALS")
        )  # fmt: skip
    count(APRIL)
    publish()

    assert told() == {"PEOPLE": (None, False), "REFERRALS": (32, False)}


def test_the_night_publishes_by_itself_and_says_so_in_the_chain_of_its_service(cast) -> None:
    count(APRIL)
    with clock.at(APRIL):
        tasks.publish(timestamp=0)
        tasks.publish(timestamp=0)

    with acting(ROLLUPS):
        events = Event.objects.filter(chain_id=ROLLUPS.user_id, action="figures.year_published")
        assert events.count() == 1
    assert set(told()) == set(OPEN)


@pytest.mark.parametrize("who", ["louise", "ines", "roy", "nadia", "amrani"])
def test_everybody_reads_them_and_nobody_writes_them(cast, who) -> None:
    count(APRIL)
    publish()

    with acting(getattr(cast, who)):
        assert len(take_open().years) == 1
    row = YearFigure(
        id=uuid_of("forged"), starts_on=date(2024, 4, 1), measure="PEOPLE", version=1, number=9,
        is_floor=False,
    )  # fmt: skip
    for actor in (getattr(cast, who), VISITOR):
        with pytest.raises(ProgrammingError), acting(actor), transaction.atomic():
            row.save(force_insert=True)


def test_nothing_that_was_published_changes(cast) -> None:
    count(APRIL)
    publish()

    for change in (
        lambda: YearFigure.objects.update(number=9),
        lambda: YearFigure.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError), acting(ROLLUPS), transaction.atomic():
            change()


def test_numbers_that_are_open_stand_alone_and_speak_of_every_component() -> None:
    assert {INDICATORS[code].component for code in OPEN} == {
        one.component for one in INDICATORS.values()
    }
