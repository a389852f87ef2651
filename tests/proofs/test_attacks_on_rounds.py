"""Can anybody learn what one organisation, or one person, answered, from all that rounds ever say?

Worlds of chance: partners of all sizes, people who come and go, sets asked again of the same or of
others, in whichever order the rules let it be. An attacker reads every figure that can be read at
once, knows who works where and who took part, and believes that whoever answered twice within a
year said the same. They try each figure, each filter (a question) and each pair of rounds. Then
the rules are cut one by one: each cut must be seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any, Final
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spheres.partners.rounds import figures
from spheres.partners.rounds.figures import Before, Said
from spheres.partners.rounds.models import ENOUGH, LEAST
from tests.proofs.figures import tell

BEGUN: Final = datetime(2026, 1, 5, tzinfo=UTC)
QUESTIONS: Final = ("one", "two")
PARTNERS: Final = tuple(UUID(int=number) for number in range(1, 6))
A_YEAR: Final = timedelta(days=300)
RULES: Final = {
    "can_be_counted": figures.can_be_counted,
    "asked_too_soon": figures.asked_too_soon,
    "is_to_put_away": figures.is_to_put_away,
}


@dataclass(frozen=True)
class Shown:
    """A round that was told: its figures, and, for the judge alone, who made each of them."""

    before: Before
    numbers: dict[str, Counter[int]]
    of: dict[str, Counter[tuple[UUID, int]]]  # by question: organisation and person


@dataclass
class Tally:
    """What was tried, and what came of it."""

    worlds: int = 0
    shown: int = 0
    tried: int = 0
    pairs: int = 0
    found: list[str] = field(default_factory=list)


def play(chance: Random, rules: dict[str, Callable[..., Any]]) -> list[Shown]:
    """Six times, somebody tries to open a round; what may be read at the end."""
    staff = {one: [(one, place) for place in range(chance.randint(1, 12))] for one in PARTNERS}
    at, shown = BEGUN, list[Shown]()
    for _time in range(6):
        at += timedelta(days=chance.choice((22, 120, 299, 330, 700)))
        asked = frozenset(chance.sample(PARTNERS, chance.randint(2, 5)))
        if shown and chance.random() < 0.5:
            asked = shown[-1].before.organisations
            if chance.random() < 0.5:
                asked |= {chance.choice(PARTNERS)}
        slug = chance.choice(("families", "change"))
        if rules["asked_too_soon"](slug, asked, [one.before for one in shown], at=at):
            continue
        sheets, people = [], []
        for person in (each for one in sorted(asked) for each in staff[one]):
            if chance.random() < 0.8:
                steps = {q: chance.randint(1, 5) for q in QUESTIONS if chance.random() < 0.8}
                sheets.append(Said(person[0], steps))
                people.append(person)
        numbers = told(sheets, rules["can_be_counted"])
        if numbers is None:
            continue
        of = {
            q: Counter(who for who, one in zip(people, sheets, strict=True) if q in one.steps)
            for q in numbers
        }
        now = Before(slug, asked, at + timedelta(days=21))
        shown = [one for one in shown if not rules["is_to_put_away"](slug, asked, one.before)]
        shown.append(Shown(now, numbers, of))
    return shown


def told(sheets: list[Said], can_be_counted: Callable[..., bool]) -> dict[str, Counter[int]] | None:
    """As `actions.count` tells it."""
    asked = {"enough": ENOUGH, "least": LEAST}
    if not can_be_counted((one.organisation for one in sheets), **asked):
        return None
    if can_be_counted is figures.can_be_counted:
        return figures.outcomes(sheets, QUESTIONS, **asked)
    found = {q: Counter(one.steps[q] for one in sheets if q in one.steps) for q in QUESTIONS}
    return {q: counted for q, counted in found.items() if counted}


def attack(shown: list[Shown], tally: Tally) -> None:
    """Each figure alone, with what the people of one organisation know among themselves; then each
    pair of rounds of one set, one taken from the other."""
    for one in shown:
        for q, people in one.of.items():
            tally.tried += 1 + len(one.before.organisations)
            tally.found += alone(q, people)
    for one, other in combinations(shown, 2):
        if one.before.slug != other.before.slug:
            continue
        tally.pairs += 1
        tally.found += singled_out(one.before, other.before)
        for q in one.of.keys() & other.of.keys():
            tally.tried += 2
            tally.found += taken_away(one, other, q)


def alone(q: str, people: Counter[tuple[UUID, int]]) -> list[str]:
    by = Counter(organisation for organisation, _person in people)
    found = [f"{q}: a figure of {len(people)}"] if len(people) < ENOUGH else []
    if len(by) == 1:
        found.append(f"{q}: a figure of one organisation")
    found += [
        f"{q}: {len(people) - number} left when an organisation is set aside"
        for number in by.values()
        if 0 < len(people) - number < LEAST
    ]
    return found


def singled_out(one: Before, other: Before) -> list[str]:
    """Two lists with something in common that are not the same: what is left is told apart."""
    if one.organisations == other.organisations or not one.organisations & other.organisations:
        return []
    return ["two wholes of which one is taken from the other"]


def taken_away(one: Shown, other: Shown, q: str) -> list[str]:
    """Within a year, whoever answered both is taken away: those who are left stand alone."""
    if abs(one.before.ends_at - other.before.ends_at) >= A_YEAR:
        return []
    both = one.of[q].keys() & other.of[q].keys()
    return [f"{q}: {len(both)} people who answered both are taken away"] if both else []


def run(seed: int, rules: dict[str, Callable[..., Any]], tally: Tally) -> None:
    shown = play(Random(seed), rules)
    tally.worlds += 1
    tally.shown += len(shown)
    attack(shown, tally)


def test_nothing_singles_out_an_organisation_or_a_person() -> None:
    tally = Tally()

    @settings(
        max_examples=3_000, deadline=None, database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    @given(st.integers(0, 2**32))
    def try_all(seed: int) -> None:
        run(seed, RULES, tally)

    try_all()

    assert tally.found == []
    assert tally.pairs > 1_000
    tell(
        f"attacks on reflection rounds: {tally.tried:,} over {tally.worlds:,} worlds, "
        f"{tally.shown:,} rounds told, {tally.pairs:,} pairs: {len(tally.found)} successes",
        "", "0 successes",
    )  # fmt: skip


CUTS: Final[dict[str, dict[str, Callable[..., Any]]]] = {
    "from four": {
        "can_be_counted": lambda of, *, enough, least: figures.can_be_counted(
            of, enough=4, least=least
        )
    },
    "whatever is left": {
        "can_be_counted": lambda of, *, enough, least: figures.can_be_counted(
            of, enough=enough, least=0
        )
    },
    "whenever one likes": {"asked_too_soon": lambda *_said, at: None},
    "after half a year": {
        "asked_too_soon": lambda slug, asked, before, *, at: figures.asked_too_soon(
            slug, asked, [replace(one, ends_at=one.ends_at - A_YEAR / 2) for one in before], at=at
        )
    },
    "nothing is put away": {"is_to_put_away": lambda *_said: False},
}


@pytest.mark.parametrize("cut", CUTS)
def test_each_rule_that_is_cut_lets_somebody_be_singled_out(cut: str) -> None:
    tally = Tally()
    for seed in range(400):
        run(seed, RULES | CUTS[cut], tally)

    assert tally.found != [], cut
