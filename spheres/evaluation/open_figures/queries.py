"""What was published of each year, for everybody?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils.translation import override

from spheres.evaluation.indicators import queries as indicators
from spheres.evaluation.indicators.definitions import INDICATORS, Indicator
from spheres.evaluation.indicators.models import Measure
from spheres.evaluation.open_figures.models import OPEN, YearFigure

OPEN_FIGURES: Final = "open_figures"  # in the region's photograph: nothing personal


@dataclass(frozen=True)
class Told:
    """One number of a year, and its definition."""

    measure: str
    version: int
    number: int | None
    is_floor: bool

    @property
    def indicator(self) -> Indicator:
        return INDICATORS[Measure(self.measure)]

    @property
    def name(self) -> str:
        return self.indicator.name

    @property
    def counts(self) -> str:
        return str(self.indicator.counts)


@dataclass(frozen=True)
class Year:
    """A year that is over: from its first day until the day after its last."""

    first: date
    told: tuple[Told, ...]

    @property
    def until(self) -> date:
        return indicators.later(self.first, 12)

    @property
    def last_month(self) -> date:
        return indicators.later(self.first, 11)


@dataclass(frozen=True)
class Open:
    """All that was published for everybody, the newest year first."""

    years: tuple[Year, ...]

    def as_data(self) -> dict[str, Any]:
        """What a machine reads: definitions in both languages, then the years."""
        told = {one.measure: one for year in self.years for one in year.told}
        return {
            "definitions": [_defined(told[code].indicator) for code in OPEN if code in told],
            "years": [
                {
                    "from": year.first.isoformat(),
                    "until": year.until.isoformat(),
                    "figures": [
                        {
                            "measure": one.measure,
                            "version": one.version,
                            "number": one.number,
                            "at_least": one.is_floor,
                        }
                        for one in year.told
                    ],
                }
                for year in self.years
            ],
        }


def take_open() -> Open:
    """One photograph with the region."""
    by_year: dict[date, dict[str, YearFigure]] = {}
    for row in YearFigure.objects.order_by("-starts_on"):
        by_year.setdefault(row.starts_on, {})[row.measure] = row
    return Open(
        tuple(
            Year(
                first,
                tuple(
                    Told(
                        measure, rows[measure].version, rows[measure].number, rows[measure].is_floor
                    )
                    for measure in OPEN
                    if measure in rows
                ),
            )
            for first, rows in by_year.items()
        )
    )


def _defined(one: Indicator) -> dict[str, Any]:
    return {
        "measure": one.measure.value,
        "version": one.version,
        "component": one.component.value,
        "name": _both(one.measure.label),
        "counts": _both(one.counts),
        "unit": _both(one.unit),
        "unknowns": _both(one.unknowns),
    }


def _both(words: Any) -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = str(words)
    return found
