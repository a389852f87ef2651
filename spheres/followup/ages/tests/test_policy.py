"""Is a birthday that changes something told ahead, and does nothing close by itself?"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from spheres.followup.ages import policy
from spheres.followup.ages.policy import Ages, Birthday, Near, is_asked_today

REGION = Ages(alone=14, until=25, grace_months=3)
BORN = date(2010, 3, 14)
LEAP = date(2004, 2, 29)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2024, 1, 13), None),
        (date(2024, 1, 14), Birthday(Near.ALONE_SOON, date(2024, 3, 14))),
        (date(2024, 3, 13), Birthday(Near.ALONE_SOON, date(2024, 3, 14))),
        (date(2024, 3, 14), Birthday(Near.ALONE_NOW, date(2024, 3, 14))),
        (date(2024, 4, 12), Birthday(Near.ALONE_NOW, date(2024, 3, 14))),
        (date(2024, 4, 13), None),
        (date(2028, 1, 14), Birthday(Near.ADULT_SOON, date(2028, 3, 14))),
        (date(2028, 3, 14), Birthday(Near.ADULT_NOW, date(2028, 3, 14))),
        (date(2028, 4, 13), None),
        (date(2034, 9, 11), None),
        (date(2034, 9, 12), Birthday(Near.UNTIL_SOON, date(2035, 3, 14))),
        (date(2035, 3, 13), Birthday(Near.UNTIL_SOON, date(2035, 3, 14))),
        (date(2035, 3, 14), Birthday(Near.GRACE, date(2035, 3, 14), date(2035, 6, 14))),
        (date(2035, 6, 13), Birthday(Near.GRACE, date(2035, 3, 14), date(2035, 6, 14))),
        (date(2035, 6, 14), Birthday(Near.AFTER, date(2035, 3, 14), date(2035, 6, 14))),
        (date(2045, 1, 1), Birthday(Near.AFTER, date(2035, 3, 14), date(2035, 6, 14))),
    ],
)
def test_each_day_tells_the_birthday_that_is_near(on: date, told: Birthday | None) -> None:
    assert policy.near(BORN, on=on, ages=REGION) == told


@pytest.mark.parametrize(
    ("age", "day"), [(12, date(2016, 2, 29)), (14, date(2018, 3, 1)), (25, date(2029, 3, 1))]
)
def test_whoever_is_born_on_29_february_has_a_birthday_each_year(age: int, day: date) -> None:
    assert policy.birthday(LEAP, age) == day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2035, 3, 14), 0, date(2035, 3, 14)),
        (date(2035, 11, 30), 3, date(2036, 3, 1)),
        (date(2035, 12, 31), 2, date(2036, 3, 1)),
        (date(2035, 8, 31), 1, date(2035, 10, 1)),
        (date(2035, 10, 31), 1, date(2035, 12, 1)),
        (date(2035, 11, 15), 14, date(2037, 1, 15)),
    ],
)
def test_some_months_later_is_never_a_day_early(day: date, months: int, later: date) -> None:
    assert policy.months_later(day, months) == later


def test_without_grace_the_day_itself_is_after() -> None:
    assert policy.near(BORN, on=date(2035, 3, 14), ages=Ages()) == Birthday(
        Near.AFTER, date(2035, 3, 14), date(2035, 3, 14)
    )


@pytest.mark.parametrize("file_id", [UUID(int=7), UUID(int=90), UUID(int=2**120 + 5)])
def test_an_age_that_is_not_known_is_asked_about_one_week_in_each_quarter(file_id: UUID) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(364)]

    asked = [day for day in days if is_asked_today(file_id, on=day)]

    assert len(asked) == 4 * 7
    assert (asked[-1] - asked[0]).days >= 3 * 91
