"""Can somebody who knows the rule, and reads all that is published, find a hidden number?"""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from spheres.evaluation.indicators import hiding
from spheres.evaluation.indicators.hiding import Hiding


@pytest.mark.parametrize(
    ("parts", "shown", "total"),
    [
        ((6, 7, 8), "678", True),
        ((0, 0, 0), "000", True),
        ((0, 0, 4), "00-", False),  # the total is as small as its month
        ((2, 1, 1), "---", False),
        ((0, 2, 3), "0--", True),  # five together, and nobody knows whose
        ((7, 2, 8), "7--", True),  # the next month gives way, or the total would tell
        ((7, 8, 2), "-8-", True),
        ((0, 9, 2), "0--", True),
        ((1, 2, 9), "---", True),  # two small ones that make a small one together
        ((3, 3, 9), "--9", True),
    ],
)
def test_a_quarter_is_published_so(parts: tuple[int, ...], shown: str, total: bool) -> None:
    hidden = tuple(mark == "-" for mark in shown)

    assert hiding.of_sum(parts, least=5) == Hiding(hidden, total=not total)


def test_only_from_one_to_the_smallest_group_is_small() -> None:
    assert [hiding.is_small(number, least=5) for number in range(7)] == [
        False, True, True, True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("least", [5, 6, 8])
def test_whoever_knows_the_rule_is_left_with_several_values_for_each_hidden_number(
    least: int,
) -> None:
    """Every quarter there can be, gathered by what is read of it: no secret has one value only."""
    highest = 4 * least
    read = defaultdict(set)
    for parts in product(range(highest + 1), repeat=3):
        row = (*parts, sum(parts))
        hidden = hiding.of_sum(parts, least=least)
        seen = tuple(
            None if is_hidden else number
            for number, is_hidden in zip(row, (*hidden.parts, hidden.total), strict=True)
        )
        if seen[3] is None or seen[3] <= highest:  # beyond, quarters are missing from this world
            read[seen].add(row)

    found = [
        seen
        for seen, rows in read.items()
        for place, number in enumerate(seen)
        if number is None and len({row[place] for row in rows}) < 2
    ]
    assert len(read) > 500
    assert found == []
