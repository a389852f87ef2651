"""What may be said of what a group answered, so that nobody stands out?

A sheet counts with its own of before and after, or not at all: whoever answered once only would
stand out, were the pairs taken away from the whole. These functions know no table, so that an
attack may try them on any world.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

BEFORE, AFTER = "BEFORE", "AFTER"
# Of how many sessions a figure of a topic is made, at least: of one, it would be of its group.
FEWEST_SESSIONS: Final = 2


@dataclass(frozen=True)
class Said:
    """What one sheet says: when, whose it goes with, a step by question, what will be tried."""

    time: str
    mark: str
    steps: Mapping[str, int] = field(default_factory=dict)
    tries: str = ""


def once(sheets: Iterable[Said], time: str) -> dict[str, Said]:
    """The sheets of one time by their mark; of two with one mark, neither: nobody knows whose."""
    these = [one for one in sheets if one.time == time]
    times = Counter(one.mark for one in these)
    return {one.mark: one for one in these if times[one.mark] == 1}


def outcomes(
    sheets: Sequence[Said], compared: Iterable[str], asked_after: Iterable[str], *, enough: int
) -> dict[tuple[str, str], Counter[int]]:
    """How many chose each step, by question and time. What is compared counts those alone who
    answered it before and after; what is asked after, those of after. Of too few, nothing."""
    before, after = once(sheets, BEFORE), once(sheets, AFTER)
    found: dict[tuple[str, str], Counter[int]] = {}
    for code in compared:
        both = [
            (before[mark].steps[code], one.steps[code])
            for mark, one in after.items()
            if mark in before and code in before[mark].steps and code in one.steps
        ]
        if len(both) >= enough:
            found[code, BEFORE] = Counter(first for first, _then in both)
            found[code, AFTER] = Counter(then for _first, then in both)
    for code in asked_after:
        steps = [one.steps[code] for one in after.values() if code in one.steps]
        if len(steps) >= enough:
            found[code, AFTER] = Counter(steps)
    return found


def tries(sheets: Sequence[Said], *, enough: int) -> list[str]:
    """What will be tried, when enough wrote something."""
    found = [one.tries for one in once(sheets, AFTER).values() if one.tries]
    return found if len(found) >= enough else []


@dataclass(frozen=True)
class Told:
    """One number that may be read: of which session, told from when, what and how many."""

    session: object
    over_at: datetime
    question: str
    time: str
    step: int
    number: int


def over_time(told: Iterable[Told]) -> dict[tuple[datetime, str], dict[str, Counter[int]]]:
    """By quarter and question, sessions added up; a quarter with too few sessions says nothing."""
    sessions: dict[tuple[datetime, str], set[object]] = {}
    sums: dict[tuple[datetime, str], dict[str, Counter[int]]] = {}
    for one in told:
        where = one.over_at, one.question
        sessions.setdefault(where, set()).add(one.session)
        sums.setdefault(where, {}).setdefault(one.time, Counter())[one.step] += one.number
    return {
        where: numbers
        for where, numbers in sorted(sums.items(), key=lambda found: found[0])
        if len(sessions[where]) >= FEWEST_SESSIONS
    }
