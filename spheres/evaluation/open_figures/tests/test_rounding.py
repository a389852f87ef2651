"""Can a year, read beside its quarters, tell what they hide?"""

from __future__ import annotations

from itertools import product

import pytest

from spheres.evaluation.open_figures.rounding import OfYear, of_people, of_quarters


@pytest.mark.parametrize(
    ("quarters", "told"),
    [
        ((6, 7, 8, 9), OfYear(30, is_floor=False)),
        ((0, 0, 0, 0), OfYear(0, is_floor=False)),
        ((), OfYear(0, is_floor=False)),
        ((6, None, 8, 9), OfYear(24, is_floor=True)),
        ((0, None, 0, None), OfYear(None, is_floor=False)),  # too few to be told of
        ((None, None, None, None), OfYear(None, is_floor=False)),
        ((5, None, None, 0), OfYear(7, is_floor=True)),
    ],
)
def test_a_year_is_made_of_what_its_quarters_told(
    quarters: tuple[int | None, ...], told: OfYear
) -> None:
    assert of_quarters(quarters, least=5) == told


def test_whoever_read_the_quarters_learns_nothing_from_their_year() -> None:
    """All the years that there can be: what is told is a function of what was read already, and is
    never more than what is true."""
    for true in product((0, 1, 3, 4, 5, 8), repeat=4):
        read = tuple(None if 0 < number < 5 else number for number in true)
        told = of_quarters(read, least=5)

        assert told.number is None or told.number <= sum(true)
        assert told.is_floor or told.number in {None, sum(true)}
        assert told.number is None or told.number == 0 or told.number >= 5


@pytest.mark.parametrize(
    ("people", "quarters", "told"),
    [
        (49, (20, 22, 31, 30), OfYear(45, is_floor=True)),
        (50, (20, 22, 31, 30), OfYear(50, is_floor=True)),
        (6, (5, 0, 5, 0), OfYear(5, is_floor=True)),
        (13, (10, None, 0, 0), OfYear(None, is_floor=False)),  # or the two of spring were told
        (4, (0, 0, 0, 0), OfYear(None, is_floor=False)),
        (0, (0, 0, 0, 0), OfYear(0, is_floor=False)),
        (40, (20, 48, 31, 30), OfYear(45, is_floor=True)),  # erased since: still in its quarter
        (0, (None, 0, 0, 0), OfYear(None, is_floor=False)),  # the same, of too few
        (0, (6, 0, 0, 0), OfYear(5, is_floor=True)),
    ],
)
def test_people_of_a_year_are_told_by_fives_or_not_at_all(
    people: int, quarters: tuple[int | None, ...], told: OfYear
) -> None:
    assert of_people(people, quarters, least=5) == told
