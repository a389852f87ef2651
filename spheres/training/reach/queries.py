"""How many people and organisations were trained, by environment, region of Québec and year?

Each person counts once a year in a line, however many topics they followed; so lines are not added
up. Nobody whom the programme accompanies is counted here, and no name is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from spheres.core.actor import Actor
from spheres.records.between import reached
from spheres.records.between.reached import ENVIRONMENTS, REGIONS, Attended
from spheres.regions import queries as regions

MOST_YEARS: Final = 5
OURS: Final = "ours"


@dataclass(frozen=True)
class Number:
    """How many people, from how many organisations."""

    people: int = 0
    organisations: int = 0


@dataclass(frozen=True)
class Line:
    """One environment or region, and its numbers year by year, in the order of the years."""

    code: str
    label: str
    numbers: tuple[Number, ...]

    @property
    def has_somebody(self) -> bool:
        return any(one.people for one in self.numbers)


@dataclass(frozen=True)
class Reach:
    """The last years, the newest first; all together, by environment, and by region."""

    years: tuple[int, ...]
    whole: tuple[Number, ...]
    environments: tuple[Line, ...]
    regions: tuple[Line, ...]


def reach(*, actor: Actor) -> Reach | None:
    """All that was attested; None while nobody was trained."""
    found = reached.attended(actor=actor)
    years = sorted({one.on.year for one in found}, reverse=True)[:MOST_YEARS]
    if not years:
        return None
    environments = [(OURS, _("Those who work in the programme")), *regions.choices(ENVIRONMENTS)]
    return Reach(
        tuple(years),
        tuple(_number(one for one in found if one.on.year == year) for year in years),
        _lines(found, years, environments, _environment),
        _lines(found, years, regions.choices(REGIONS), lambda one: one.region),
    )


def _environment(one: Attended) -> str:
    return one.environment or (OURS if one.is_ours else "")


def _lines(
    found: Sequence[Attended],
    years: Sequence[int],
    known: Sequence[tuple[str, str]],
    code_of: Callable[[Attended], str],
) -> tuple[Line, ...]:
    """A line for each word of the region’s files; then what was not said, if anything was not."""
    by_cell: dict[tuple[str, int], list[Attended]] = {}
    labels = dict(known)
    for one in found:
        code = code_of(one)
        by_cell.setdefault((code if code in labels else "", one.on.year), []).append(one)
    if any(not code and year in years for code, year in by_cell):
        labels[""] = _("Not said")
    return tuple(
        Line(code, label, tuple(_number(by_cell.get((code, year), ())) for year in years))
        for code, label in labels.items()
    )


def _number(found: Iterable[Attended]) -> Number:
    those = list(found)
    return Number(
        len({one.person for one in those}),
        len({one.organisation for one in those if one.organisation}),
    )
