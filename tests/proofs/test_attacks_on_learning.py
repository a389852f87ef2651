"""Can anybody learn what fewer than five answered, from all that groups are ever shown to say?

Worlds of chance: groups of all sizes, asked on all days of three quarters; people who answer before
only, after only, twice, or leave questions out. An attacker reads every figure at every moment: of
the groups that they asked, at once; of topics, whenever a quarter is over. They take any figure
from any other, of one question and one time or of two, of one moment or of two, and know who
answered when. What they learn is found when the people of one figure, less those of another that
holds none but them, are some and fewer than five. Then the rules are cut one by one: each cut must
be seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any, Final

import pytest

from spheres.training.learning import figures
from spheres.training.learning.figures import AFTER, BEFORE, Said, Told
from spheres.training.learning.models import ENOUGH
from tests.proofs.figures import tell

BEGUN: Final = datetime(2026, 1, 1, tzinfo=UTC)
QUARTER: Final = timedelta(days=91)
QUESTIONS: Final = ("one", "two")
SATISFIED: Final = ("useful",)
WORLDS: Final = 2_500
People = frozenset[tuple[int, str]]


@dataclass
class Tally:
    """What was tried, and what came of it."""

    worlds: int = 0
    figures: int = 0
    tried: int = 0
    found: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Shown:
    """One figure that was read: of which question and time, when, and, for the judge, of whom."""

    question: str
    time: str
    people: People


def answered(chance: Random, group: int) -> list[tuple[Said, str]]:
    """The sheets of one group, each with whose it is, for the judge alone."""
    sheets = []
    for number in range(chance.randint(3, 16)):
        who = f"{group}/{number}"
        mark = f"{group}/{chance.choice((number, number, number, 0))}"
        for time in (BEFORE, AFTER):
            asked = QUESTIONS if time == BEFORE else (*QUESTIONS, *SATISFIED)
            if chance.random() < 0.8:
                steps = {code: chance.randint(1, 5) for code in asked if chance.random() < 0.85}
                sheets.append((Said(time, mark, steps), who))
    return sheets


def whose(sheets: list[tuple[Said, str]], question: str, time: str, *, pairs_only: bool) -> People:
    """Who is in a figure: those of that time, who answered it; of pairs, both times."""
    said = [one for one, _who in sheets]
    names = {id(one): who for one, who in sheets}
    sides = {each: figures.once(said, each) for each in (BEFORE, AFTER)}
    other = AFTER if time == BEFORE else BEFORE
    return frozenset(
        (int(names[id(one)].split("/")[0]), names[id(one)])
        for mark, one in sides[time].items()
        if question in one.steps
        and (not pairs_only or (mark in sides[other] and question in sides[other][mark].steps))
    )


def told(
    sheets: list[tuple[Said, str]], outcomes: Callable[..., Any]
) -> dict[tuple[str, str], tuple[Counter[int], People]]:
    found = outcomes([one for one, _who in sheets], QUESTIONS, SATISFIED, enough=ENOUGH)
    pairs_only = outcomes is not everybody
    return {
        (question, time): (
            numbers,
            whose(sheets, question, time, pairs_only=pairs_only and question in QUESTIONS),
        )
        for (question, time), numbers in found.items()
    }


def everybody(
    sheets: list[Said], compared: Any, asked_after: Any, *, enough: int
) -> dict[tuple[str, str], Counter[int]]:
    """A rule that was cut: the pairs, and beside them all who answered one time."""
    found = figures.outcomes(sheets, (), [*compared, *asked_after], enough=enough)
    for code in compared:
        steps = [
            one.steps[code] for one in figures.once(sheets, BEFORE).values() if code in one.steps
        ]
        if len(steps) >= enough:
            found[code, BEFORE] = Counter(steps)
    return found


def from_one(
    sheets: list[Said], compared: Any, asked_after: Any, *, enough: int
) -> dict[tuple[str, str], Counter[int]]:
    """A rule that was cut: shown from one answer."""
    return figures.outcomes(sheets, compared, asked_after, enough=1)


def whole_sum(rows: Any) -> Mapping[Any, Any]:
    """A rule that was cut: a topic is shown of one group alone."""
    sums: dict[Any, Any] = {}
    for one in rows:
        sums.setdefault((one.over_at, one.question), {}).setdefault(one.time, Counter())[
            one.step
        ] += one.number
    return sums


def attack(
    chance: Random, tally: Tally, outcomes: Callable[..., Any], over: Callable[..., Any]
) -> None:
    groups = [
        (number, answered(chance, number), BEGUN + timedelta(days=chance.randint(0, 270)))
        for number in range(chance.randint(2, 8))
    ]
    shown: list[Shown] = []
    rows: list[tuple[Told, People]] = []
    for number, sheets, at in groups:
        over_at = BEGUN + QUARTER * ((at - BEGUN) // QUARTER + 1)
        for (question, time), (numbers, people) in told(sheets, outcomes).items():
            shown.append(Shown(question, time, people))
            assert numbers.total() == len(people) or outcomes is not figures.outcomes
            rows += [
                (Told(number, over_at, question, time, step, many), people)
                for step, many in numbers.items()
            ]
    # At the end of each quarter, and at the end of all: what everybody may read.
    for now in [BEGUN + QUARTER * number for number in range(1, 5)]:
        open_now = [(row, people) for row, people in rows if row.over_at <= now]
        for (over_at, question), times in over([row for row, _people in open_now]).items():
            alike = {
                row.session
                for row, _p in open_now
                if (row.over_at, row.question) == (over_at, question)
            }
            if len(alike) < figures.FEWEST_SESSIONS:
                tally.found.append(f"a figure of one group alone: {alike}")
            for time in times:
                those = [
                    people
                    for row, people in open_now
                    if (row.over_at, row.question, row.time) == (over_at, question, time)
                ]
                shown.append(Shown(question, time, frozenset().union(*those)))
    judge(shown, tally)


def judge(shown: list[Shown], tally: Tally) -> None:
    """Each figure alone; each less another that is within it, of the same question, at any time."""
    tally.figures += len(shown)
    sets = list({(one.question, one.people) for one in shown})
    for question, people in sets:
        tally.tried += 1
        if len(people) < ENOUGH:
            tally.found.append(f"{question}: of {len(people)} alone")
    for (question, people), (other, fewer) in combinations(sets, 2):
        if question != other:
            continue
        for whole, part in ((people, fewer), (fewer, people)):
            tally.tried += 1
            if part < whole and len(whole - part) < ENOUGH:
                tally.found.append(f"{question}: {len(whole - part)} left")


def run(seed: int, worlds: int, outcomes: Callable[..., Any], over: Callable[..., Any]) -> Tally:
    tally, chance = Tally(), Random(seed)
    for _world in range(worlds):
        tally.worlds += 1
        attack(chance, tally, outcomes, over)
    return tally


def test_no_figure_of_a_group_nor_two_taken_from_each_other_tell_of_fewer_than_five() -> None:
    tally = run(20261128, WORLDS, figures.outcomes, figures.over_time)

    tell(
        f"attacks on learning: {tally.tried:,} over {tally.worlds:,} worlds, "
        f"{tally.figures:,} figures: {len(tally.found)} successes",
        "", "0 successes",
    )  # fmt: skip
    assert tally.tried > 10_000
    assert tally.found == []


@pytest.mark.parametrize(
    ("outcomes", "over"),
    [
        (from_one, figures.over_time),
        (figures.outcomes, whole_sum),
        (None, figures.over_time),
    ],
    ids=["shown from one", "a topic of one group", "pairs beside all"],
)
def test_a_rule_that_is_cut_is_seen(
    outcomes: Callable[..., Any] | None, over: Callable[..., Any]
) -> None:
    tally = run(7, 200, outcomes, over) if outcomes else beside()

    assert tally.found != []


def beside() -> Tally:
    """All who answered after, shown beside the pairs: who answered once only stands out."""
    tally, chance = Tally(), Random(7)
    for world in range(200):
        sheets = answered(chance, world)
        shown = [
            Shown(question, time, people)
            for rule in (figures.outcomes, everybody)
            for (question, time), (_numbers, people) in told(sheets, rule).items()
        ]
        judge(shown, tally)
    return tally
