"""Can somebody who knows the rule, and reads all that is published, find a hidden number?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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


def small(numbers: Iterable[int]) -> bool:
    return any(0 < number < 5 for number in numbers)


@pytest.mark.parametrize(
    ("own", "whole", "shown", "summed"),
    [
        ((6, 0, 9), (12, 0, 9), "609", False),
        ((6, 0, 9), (12, 3, 9), "6-9", False),  # what is hidden of all is hidden of each
        ((2, 6, 0), (12, 12, 8), "-60", False),  # its own is small
        ((9, 6, 0), (12, 12, 8), "-60", False),  # the others’ is
        ((2, 6, 0), (12, 12, 8), "---", True),
        ((6, 6, 0), (12, 12, 8), "660", True),
        ((0, 0, 0), (12, 12, 8), "000", True),
    ],
)
def test_an_organisation_is_told_its_own_so(
    own: tuple[int, ...], whole: tuple[int, ...], shown: str, summed: bool
) -> None:
    hidden = hiding.of_own(own, whole, [small([w]) for w in whole], least=5, summed=summed)

    told = "".join("-" if gone else str(n) for n, gone in zip(own, hidden, strict=True))
    assert told == shown


@pytest.mark.parametrize("summed", [True, False])
@pytest.mark.parametrize(("kinds", "highest"), [(1, 20), (2, 18), (3, 13)])
def test_whoever_puts_its_own_beside_those_of_all_finds_no_small_number_of_anybody(
    kinds: int, highest: int, summed: bool
) -> None:
    """Every pair of tables there can be: the attacker knows the rules, the table of the whole with
    its sum, and the organisation's; of bands, the organisation's sum too."""
    read = defaultdict(set)
    for both in product(range(highest + 1), repeat=2 * kinds):
        if sum(both) > highest:
            continue
        own, rest = both[:kinds], both[kinds:]
        whole = [ours + theirs for ours, theirs in zip(own, rest, strict=True)]
        beside = hiding.of_sum(whole, least=5)
        of_all = (True,) * kinds if summed and beside.total else beside.parts
        of_own = hiding.of_own(own, whole, of_all, least=5, summed=summed)
        sum_told = summed and not beside.total and not small([sum(own), sum(rest)])
        read[
            tuple(None if gone else n for n, gone in zip(whole, of_all, strict=True)),
            None if beside.total else sum(whole),
            tuple(None if gone else n for n, gone in zip(own, of_own, strict=True)),
            sum(own) if sum_told else None,
        ].add(both)

    found = [
        seen
        for seen, worlds in read.items()
        for place in range(2 * kinds)
        if len({world[place] for world in worlds}) == 1 and small([next(iter(worlds))[place]])
    ]
    assert len(read) > 50
    assert found == []
