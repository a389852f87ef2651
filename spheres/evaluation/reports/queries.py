"""Which reports are there, of which years, and what does each tell?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language, override

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.evaluation.indicators import queries as indicators
from spheres.evaluation.indicators.definitions import INDICATORS
from spheres.evaluation.indicators.models import Figure, Span
from spheres.evaluation.indicators.queries import NOT_COUNTED
from spheres.evaluation.open_figures.models import FIRST_MONTH, YearFigure
from spheres.evaluation.reports.models import Passage, Report

BOTH: Final = ("fr", "en")
QUARTERS: Final = 4


@dataclass(frozen=True)
class Row:
    """One number by quarter, then by quarter of the year before. None: hidden."""

    component: str
    name: str
    kind: str
    version: int
    numbers: tuple[int | str | None, ...]
    before: tuple[int | str | None, ...]

    @property
    def words(self) -> str:
        return f"{self.name} · {self.kind}" if self.kind else self.name


@dataclass(frozen=True)
class Told:
    """One number of the whole year, as it was published for everybody; a floor is « at least »."""

    name: str
    number: int | None
    is_floor: bool


@dataclass(frozen=True)
class Whole:
    """A report as it is read: its year, its quarters, its rows and its numbers of the year."""

    report: Report
    quarters: tuple[date, ...]
    year: tuple[Told, ...]
    rows: tuple[Row, ...]
    defined: tuple[tuple[str, str], ...]  # each name, and what it counts
    passages: dict[str, Passage]

    def of(self, component: str) -> list[Row]:
        return [row for row in self.rows if row.component == component]

    @property
    def last_month(self) -> date:
        return indicators.later(self.report.starts_on, 11)


def years_over(*, actor: Actor) -> list[date]:
    """The years, from April to March, whose last quarter is published: the newest first."""
    within = indicators.published(actor=actor)
    if within is None:
        return []
    first = date(within.first.year - 1, FIRST_MONTH, 1)
    found = []
    while (last_quarter := indicators.later(first, 9)) <= within.last:
        if last_quarter >= within.first:
            found.append(first)
        first = indicators.later(first, 12)
    return found[::-1]


def reports(*, actor: Actor) -> list[Report]:
    """Those one may read, the newest year first; of one year, the newest edition first."""
    context.require(actor)
    return list(Report.objects.defer("figures").order_by("-starts_on", "kind", "-begun_at", "pk"))


def find(report_id: UUID, *, actor: Actor) -> Report | None:
    context.require(actor)
    return Report.objects.filter(pk=report_id).first()


def written_now(kind: str, starts_on: date, *, actor: Actor) -> Report | None:
    """The one that is being written, of this kind and year."""
    context.require(actor)
    return Report.objects.filter(kind=kind, starts_on=starts_on, locked_at=None).first()


def hold(report_id: UUID, *, actor: Actor) -> Report:
    context.require(actor)
    return states.lock(Report.objects.filter(pk=report_id))


def passages(report: Report, *, actor: Actor) -> dict[str, Passage]:
    """What stands in each place."""
    context.require(actor)
    found = Passage.objects.filter(report=report).order_by("place", "number")
    return {one.place: one for one in found}


def whole(report: Report, *, actor: Actor) -> Whole:
    """Locked, as it was locked; else as the figures are published now."""
    told = report.figures or figures_of(report.starts_on, actor=actor)
    said = get_language() or "fr"
    language = said if said in BOTH else "fr"
    return Whole(
        report,
        tuple(date.fromisoformat(day) for day in told["quarters"]),
        tuple(Told(one["name"][language], one["number"], one["is_floor"]) for one in told["year"]),
        tuple(
            Row(
                one["component"],
                one["name"][language],
                one["kind"][language],
                one["version"],
                tuple(one["numbers"]),
                tuple(one["before"]),
            )
            for one in told["rows"]
        ),
        tuple((one["name"][language], one["counts"][language]) for one in told["defined"]),
        passages(report, actor=actor),
    )


def figures_of(starts_on: date, *, actor: Actor) -> dict[str, Any]:
    """What is published of a year and of the one before, with its names and definitions in both
    languages: all that a locked report keeps. Numbers of quarters are never added up: their sum
    would tell what is hidden in one of them."""
    context.require(actor)
    quarters = [indicators.later(starts_on, 3 * place) for place in range(QUARTERS)]
    earlier = [indicators.later(day, -12) for day in quarters]
    cells = {
        (row.starts_on, row.measure, row.kind): row
        for row in Figure.objects.filter(span=Span.QUARTER, starts_on__in=[*quarters, *earlier])
    }
    rows, defined = [], []
    for measure, one in INDICATORS.items():
        if one.is_of_quality:
            continue
        kinds = {kind for day, code, kind in cells if code == measure and day in quarters}
        if not kinds:
            continue
        defined.append({"name": _both(one, "name"), "counts": _both(one, "counts")})
        in_order = [kind for kind in one.kinds if kind in kinds] if one.shape.has_kinds else []
        for kind in in_order + sorted(kinds - {*in_order}):
            found = [cells.get((day, measure, kind)) for day in [*quarters, *earlier]]
            numbers = [NOT_COUNTED if cell is None else cell.number for cell in found]
            if one.shape.has_kinds and not any(cell and cell.number != 0 for cell in found):
                continue  # there was none of it in either year
            rows.append(
                {
                    "component": one.component.value,
                    "name": _both(one, "name"),
                    "kind": _kind(one, kind),
                    "version": max(cell.version for cell in found if cell),
                    "numbers": numbers[:QUARTERS],
                    "before": numbers[QUARTERS:],
                }
            )
    published = {one.measure: one for one in YearFigure.objects.filter(starts_on=starts_on)}
    year = [
        {
            "name": _both(INDICATORS[measure], "name"),
            "number": published[measure].number,
            "is_floor": published[measure].is_floor,
        }
        for measure in INDICATORS
        if measure in published
    ]
    return {
        "quarters": [day.isoformat() for day in quarters],
        "year": year,
        "rows": rows,
        "defined": defined,
    }


def _both(one: Any, what: str) -> dict[str, str]:
    said = {}
    for language in BOTH:
        with override(language):
            said[language] = str(getattr(one, what))
    return said


def _kind(one: Any, kind: str) -> dict[str, str]:
    said = {}
    for language in BOTH:
        with override(language):
            said[language] = str(one.kind_name(kind)) if one.shape.has_kinds else ""
    return said
