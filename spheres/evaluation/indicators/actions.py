"""What counts the months that are over, and publishes them? Once, and for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from itertools import product
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.evaluation.indicators import hiding, queries
from spheres.evaluation.indicators.definitions import INDICATORS, Indicator, Shape
from spheres.evaluation.indicators.models import Figure, Measure, OwnFigure, Span, Tally
from spheres.evaluation.indicators.queries import Counted
from spheres.regions import queries as regions


@transaction.atomic
def count(*, by: Actor, at: datetime) -> list[date]:
    """Count every month that is over and was not counted; publish each quarter that is over.

    What is counted is never counted again: what is erased later stays in its number, and two
    moments of counting cannot be compared to find somebody. Asking twice does no harm. Gives the
    months counted.
    """
    today = clock.day_of(at)
    months = _count_months(queries.start_of(Span.MONTH, today), by=by)
    quarters = _publish_quarters(queries.start_of(Span.QUARTER, today), by=by)
    if months or quarters:
        audit.record("figures.counted", by=by)
    return months


def _count_months(until: date, *, by: Actor) -> list[date]:
    last = queries.last_counted(actor=by)
    first = queries.later(last, 1) if last else None
    if first is not None and first >= until:
        return []
    found = _kept(Span.MONTH, queries.counted(Span.MONTH, first, until, actor=by))
    if first is None:
        if not found:
            return []  # nothing has begun
        first = queries.start_of(Span.QUARTER, min(row.starts_on for row in found))
    months = queries.starts(Span.MONTH, first, until)
    # The desk has a number of referrals for each month, be it nought: that month was counted.
    desk = regions.desk()
    told = {(row.starts_on, row.organisation_id, row.measure) for row in found}
    found += [
        Counted(month, desk, Measure.REFERRALS, "", 0)
        for month in months
        if (month, desk, Measure.REFERRALS) not in told
    ]
    _write(Span.MONTH, found)
    return months


def _publish_quarters(until: date, *, by: Actor) -> list[date]:
    within = queries.published(actor=by)
    first = queries.later(within.last, 3) if within else queries.first_counted(actor=by)
    quarters = queries.starts(Span.QUARTER, first, until) if first else []
    for start in quarters:
        _publish(start, queries.smallest_group(), by=by)
    return quarters


def _kept(span: Span, found: Iterable[Counted]) -> list[Counted]:
    """What is told by quarter alone is counted by quarter: three months added up would count
    somebody three times."""
    is_quarter = span == Span.QUARTER
    return [
        row for row in found if INDICATORS[Measure(row.measure)].shape.is_quarterly == is_quarter
    ]


def _write(span: Span, found: Iterable[Counted]) -> None:
    Tally.objects.bulk_create(
        [
            Tally(
                id=_id("tally", span, row.starts_on, row.organisation_id, row.measure, row.kind),
                span=span,
                starts_on=row.starts_on,
                organisation_id=row.organisation_id,
                measure=row.measure,
                kind=row.kind,
                number=row.number,
            )
            for row in found
        ],
        ignore_conflicts=True,
    )


def _publish(start: date, least: int, *, by: Actor) -> None:
    """A quarter that is over: what is told of it, its months and their totals, all organisations
    together. What is hidden is decided here, once, and leaves no number behind.
    """
    end = queries.later(start, 3)
    found = _kept(Span.QUARTER, queries.counted(Span.QUARTER, start, end, actor=by))
    _write(Span.QUARTER, found)
    of_quarter = Counter[tuple[str, str]]()
    for row in found:
        of_quarter[row.measure, row.kind] += row.number
    months = queries.starts(Span.MONTH, start, end)
    by_month = queries.numbers(months, actor=by)
    figures: list[Figure] = []
    for one in INDICATORS.values():
        # Of what speaks of no person, no number is small.
        few = least if one.is_of_people else 0
        if one.shape.is_quarterly:
            parts = {kind: of_quarter[one.measure, kind] for kind in _kinds(one, of_quarter)}
            figures += _together(start, one, parts, few)
        else:
            for kind in _kinds(one, by_month):
                told = by_month.get((one.measure, kind), {})
                figures += _with_months(start, one, kind, [told.get(day, 0) for day in months], few)
    Figure.objects.bulk_create(figures, ignore_conflicts=True)
    OwnFigure.objects.bulk_create(_own(start, figures, least, by=by), ignore_conflicts=True)


def _own(start: date, figures: list[Figure], least: int, *, by: Actor) -> list[OwnFigure]:
    """What each organisation is told of its own quarter, beside what is told of all."""
    of_each = queries.by_organisation(start, actor=by)
    whole = sum(of_each.values(), Counter[tuple[str, str]]())
    hidden = {
        (row.measure, row.kind): row.number is None for row in figures if row.span == Span.QUARTER
    }
    found = []
    for one in INDICATORS.values():
        few = least if one.is_of_people else 0
        cells = [cell for cell in hidden if cell[0] == one.measure]
        together = [cells] if one.shape == Shape.BANDS else [[cell] for cell in cells]
        for (organisation_id, own), beside in product(of_each.items(), together):
            gone = hiding.of_own(
                [own[cell] for cell in beside],
                [whole[cell] for cell in beside],
                [hidden[cell] for cell in beside],
                least=few,
                summed=one.shape == Shape.BANDS,
            )
            found += [
                OwnFigure(
                    id=_id("own", start, organisation_id, *cell),
                    starts_on=start,
                    organisation_id=organisation_id,
                    measure=cell[0],
                    kind=cell[1],
                    number=None if is_gone else own[cell],
                )
                for cell, is_gone in zip(beside, gone, strict=True)
            ]
    return found


def _kinds(one: Indicator, found: Iterable[tuple[str, str]]) -> list[str]:
    """What is told of an indicator, be it nought: its kinds, and those found that it no longer
    offers."""
    if not one.shape.has_kinds:
        return [""]
    return [
        *one.kinds,
        *sorted({kind for code, kind in found if code == one.measure} - {*one.kinds}),
    ]


def _together(start: date, one: Indicator, parts: dict[str, int], least: int) -> list[Figure]:
    """A quarter, without its months. Kinds are hidden as if their sum were told, for it may be a
    figure of its own; in bands, of fewer than a group nothing is told, not even in which band
    nobody is, for those beside them would know each."""
    hidden = hiding.of_sum(list(parts.values()), least=least)
    nothing = one.shape == Shape.BANDS and hidden.total
    return [
        _figure(Span.QUARTER, start, one, kind, number, shown=not (is_hidden or nothing))
        for (kind, number), is_hidden in zip(parts.items(), hidden.parts, strict=True)
    ]


def _with_months(
    start: date, one: Indicator, kind: str, parts: list[int], least: int
) -> list[Figure]:
    """A quarter and its three months."""
    hidden = hiding.of_sum(parts, least=least)
    return [
        _figure(Span.QUARTER, start, one, kind, sum(parts), shown=not hidden.total),
        *(
            _figure(Span.MONTH, queries.later(start, place), one, kind, part, shown=not is_hidden)
            for place, (part, is_hidden) in enumerate(zip(parts, hidden.parts, strict=True))
        ),
    ]


def _figure(
    span: Span, start: date, one: Indicator, kind: str, number: int, *, shown: bool
) -> Figure:
    return Figure(
        id=_id("figure", span, start, one.measure, kind),
        span=span,
        starts_on=start,
        measure=one.measure,
        kind=kind,
        version=one.version,
        number=number if shown else None,
    )


def _id(*parts: object) -> UUID:
    """Of what it counts: two jobs at once write one row."""
    return uuid5(NAMESPACE_DNS, f"{'/'.join(map(str, parts))}.indicators.spheres")
