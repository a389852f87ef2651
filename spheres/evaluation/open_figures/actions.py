"""What publishes a year that is over? Once, from what its quarters told."""

from __future__ import annotations

from datetime import date, datetime
from uuid import NAMESPACE_DNS, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.evaluation.indicators import queries as indicators
from spheres.evaluation.indicators.definitions import INDICATORS
from spheres.evaluation.indicators.models import Figure, Measure, Span
from spheres.evaluation.open_figures import rounding
from spheres.evaluation.open_figures.models import FIRST_MONTH, OPEN, YearFigure


@transaction.atomic
def publish(*, by: Actor, at: datetime) -> list[date]:
    """Publish every year whose four quarters are published, and that was not: gives their first
    days. Asking twice does no harm; what is erased later stays in its number."""
    within = indicators.published(actor=by)
    if within is None:
        return []
    done = set(YearFigure.objects.values_list("starts_on", flat=True))
    first = year_of(within.first)
    years = []
    while indicators.later(first, 9) <= within.last:
        if first not in done:
            years.append(first)
        first = indicators.later(first, 12)
    for year in years:
        YearFigure.objects.bulk_create(_figures(year, by=by), ignore_conflicts=True)
    if years:
        audit.record("figures.year_published", by=by)
    return years


def year_of(day: date) -> date:
    """The first day of the year in which a day falls."""
    return date(day.year - (day.month < FIRST_MONTH), FIRST_MONTH, 1)


def _figures(year: date, *, by: Actor) -> list[YearFigure]:
    """What may be told of a year. An indicator that was not counted in all of it is left out."""
    quarters = [indicators.later(year, months) for months in (0, 3, 6, 9)]
    cells: dict[str, dict[date, list[int | None]]] = {}
    for row in Figure.objects.filter(span=Span.QUARTER, starts_on__in=quarters):
        cells.setdefault(row.measure, {}).setdefault(row.starts_on, []).append(row.number)
    begun = set(cells.get(Measure.PEOPLE, ()))  # before, there was no programme
    least = indicators.smallest_group()
    figures = []
    for measure in OPEN:
        told = cells.get(measure, {})
        if set(told) != begun:
            continue
        numbers = [number for day in quarters for number in told.get(day, ())]
        if measure == Measure.PEOPLE:
            people = indicators.people(year, indicators.later(year, 12), actor=by)
            found = rounding.of_people(people, numbers, least=least)
        else:
            found = rounding.of_quarters(numbers, least=least)
        figures.append(
            YearFigure(
                id=uuid5(NAMESPACE_DNS, f"{measure}.{year}.open-figures.spheres"),
                starts_on=year,
                measure=measure,
                version=INDICATORS[measure].version,
                number=found.number,
                is_floor=found.is_floor,
            )
        )
    return figures
