"""Can somebody who reads every table that is published find a small number by taking one from
another, in worlds drawn at random?

Two quarters of three organisations are counted and published by the service itself. The attacker is
an account of one organisation: it reads the months, the quarters, its own quarter and the year, and
knows that a quarter is the sum of its months and of the organisations, and which figures are the
sum of the kinds of another. Of each number it keeps the lowest and the highest that all of this
allows, until nothing narrows any more.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from spheres.accounts.models import Organisation
from spheres.core.actor import Actor
from spheres.evaluation.indicators import queries
from spheres.evaluation.indicators.definitions import INDICATORS
from spheres.evaluation.indicators.models import Figure, Measure, OwnFigure, Span, Tally
from spheres.evaluation.indicators.tests.factories import APRIL, ROLLUPS, count, counted
from tests.cast import Cast, acting
from tests.proofs.figures import tell

pytestmark = pytest.mark.django_db
WORLDS, LEAST, MOST = 8, 5, 10_000
JANUARY = date(2026, 1, 1)
MONTHS = [JANUARY, date(2026, 2, 1), date(2026, 3, 1)]
SUMS = {Measure.INTENSITY: Measure.PEOPLE, Measure.OPENINGS: Measure.FOLLOW_UPS}
Cell = tuple[str, ...]


@dataclass
class Knows:
    """Of each number, the lowest and the highest it may be; and which are sums of which."""

    low: dict[Cell, int] = field(default_factory=dict)
    high: dict[Cell, int] = field(default_factory=dict)
    sums: list[tuple[Cell, tuple[Cell, ...]]] = field(default_factory=list)

    def read(self, cell: Cell, number: int | None) -> None:
        self.low[cell], self.high[cell] = (0, MOST) if number is None else (number, number)

    def adds_up(self, whole: Cell, parts: Iterable[Cell]) -> None:
        named = tuple(parts)
        for cell in (whole, *named):
            self.low.setdefault(cell, 0)
            self.high.setdefault(cell, MOST)
        self.sums.append((whole, named))

    def narrow(self) -> None:
        changed = True
        while changed:
            changed = False
            for whole, parts in self.sums:
                low, high = (sum(side[part] for part in parts) for side in (self.low, self.high))
                changed |= self._within(whole, low, high)
                for part in parts:
                    changed |= self._within(
                        part,
                        self.low[whole] - (high - self.high[part]),
                        self.high[whole] - (low - self.low[part]),
                    )

    def _within(self, cell: Cell, low: int, high: int) -> bool:
        before = self.low[cell], self.high[cell]
        self.low[cell], self.high[cell] = max(before[0], low), min(before[1], high)
        assert self.low[cell] <= self.high[cell]  # what is published holds together
        return before != (self.low[cell], self.high[cell])

    def found(self, truth: Counter[Cell]) -> list[Cell]:
        """Small numbers of people that it knows for sure."""
        return [
            cell
            for cell in self.low
            if self.low[cell] == self.high[cell] and 0 < truth[cell] < LEAST
        ]


def drawn(draw: random.Random) -> int:
    return draw.choice((0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 14))


def a_world(draw: random.Random, houses: list[Organisation]) -> Counter[Cell]:
    """What each organisation did in each month, and what is true of all of it."""
    truth = Counter[Cell]()
    for house in houses:
        quarter = Counter[tuple[str, str]]()
        for month in MONTHS:
            told = {
                (one.measure, kind): drawn(draw)
                for one in INDICATORS.values()
                if not one.shape.is_quarterly
                for kind in ([*one.kinds] if one.shape.has_kinds else [""])
            }
            counted(house, month, told)
            for (measure, kind), number in told.items():
                truth["month", month.isoformat(), measure, kind] += number
                quarter[measure, kind] += number
        of_quarter = people_of(draw, quarter[Measure.FOLLOW_UPS, ""])
        AS_COUNTED[house.pk] = of_quarter
        for (measure, kind), number in (quarter + of_quarter).items():
            truth["quarter", measure, kind] += number
            truth["own", str(house.pk), measure, kind] += number
    return truth


def people_of(draw: random.Random, opened: int) -> Counter[tuple[str, str]]:
    """What is counted by quarter alone; each sum is that of its kinds."""
    found = Counter[tuple[str, str]]()
    for one in INDICATORS.values():
        if one.shape.is_quarterly and one.measure not in {Measure.PEOPLE, Measure.OPENINGS}:
            found.update({(one.measure, kind): drawn(draw) for kind in one.kinds})
    again = draw.randint(0, opened)
    found.update({(Measure.OPENINGS, "AGAIN"): again, (Measure.OPENINGS, "FIRST"): opened - again})
    bands = [found[Measure.INTENSITY, kind] for kind in INDICATORS[Measure.INTENSITY].kinds]
    found[Measure.PEOPLE, ""] = sum(bands)
    return found


AS_COUNTED: dict[object, Counter[tuple[str, str]]] = {}


def by_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted by quarter alone is what was drawn: the tables of people stay empty."""

    def given(span: Span, first: date, _until: date, *, actor: Actor) -> list[queries.Counted]:
        if span == Span.MONTH:
            return []
        return [
            queries.Counted(first, house, measure, kind, number)  # type: ignore[arg-type]
            for house, told in AS_COUNTED.items()
            for (measure, kind), number in told.items()
        ]

    monkeypatch.setattr(queries, "counted", given)


def reads(actor: Actor, truth: Counter[Cell]) -> Knows:
    """All that one account is shown."""
    knows, mine = Knows(), str(actor.organisation_id)
    with acting(actor, APRIL):
        figures = list(Figure.objects.all())
        own = list(OwnFigure.objects.all())
    for row in figures:
        month = row.span == Span.MONTH
        when = ("month", row.starts_on.isoformat()) if month else ("quarter",)
        knows.read((*when, row.measure, row.kind), row.number)
    for one in own:
        knows.read(("own", mine, one.measure, one.kind), one.number)
    for _when, measure, kind in [cell for cell in knows.low if cell[0] == "quarter"]:
        whole = ("quarter", measure, kind)
        if not INDICATORS[Measure(measure)].shape.is_quarterly:
            knows.adds_up(whole, [("month", m.isoformat(), measure, kind) for m in MONTHS])
        others = ("others", mine, measure, kind)
        ours = ("own", mine, measure, kind)
        knows.adds_up(whole, [ours, others])
        truth[others] = truth[whole] - truth[ours]
    for bands, total in SUMS.items():
        kinds = INDICATORS[bands].kinds
        for which in (("quarter",), ("own", mine), ("others", mine)):
            knows.adds_up((*which, total, ""), [(*which, bands, kind) for kind in kinds])
    return knows


def cells(truth: Counter[Cell]) -> Iterator[Cell]:
    return (cell for cell, number in truth.items() if 0 < number < LEAST)


@pytest.mark.parametrize("seed", range(WORLDS))
def test_no_small_number_is_found_by_taking_one_table_from_another(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    houses = [cast.institute, cast.la_maison, cast.elsewhere]
    AS_COUNTED.clear()
    with acting(ROLLUPS):
        assert not Tally.objects.exists()
    truth = a_world(random.Random(seed), houses)
    by_quarter(monkeypatch)
    count()

    found: list[Cell] = []
    for actor in (cast.louise, cast.ines, cast.samir):
        knows = reads(actor, truth)
        assert len(knows.sums) > 60
        knows.narrow()
        people = [cell for cell in knows.found(truth) if INDICATORS[Measure(cell[-2])].is_of_people]
        found += people
    if seed == 0:
        small = sum(1 for _cell in cells(truth))
        tell(
            "figures: one table taken from another",
            f"{WORLDS} worlds, {small} small numbers in the first, {len(found)} found",
            "0 found",
        )
    assert found == []


def test_the_attacker_finds_what_is_badly_hidden() -> None:
    """With one month hidden alone beside its quarter, or the others' beside one's own."""
    knows = Knows()
    for cell, number in ((("q",), 20), (("a",), None), (("b",), 9), (("c",), 8)):
        knows.read(cell, number)
    knows.adds_up(("q",), [("a",), ("b",), ("c",)])
    knows.narrow()

    assert knows.found(Counter({("a",): 3})) == [("a",)]
