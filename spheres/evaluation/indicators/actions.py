"""What counts the months that are over, and publishes them? Once, and for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.evaluation.indicators import hiding, queries
from spheres.evaluation.indicators.models import QUARTERLY, Figure, Measure, Span, Tally, Wait
from spheres.evaluation.indicators.queries import Counted
from spheres.outreach.heard.models import Heard
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
    """People are counted by quarter: three months added up would count somebody three times. So are
    how referrals heard of us and how long psychotherapy was waited for."""
    return [row for row in found if (row.measure in QUARTERLY) == (span == Span.QUARTER)]


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
    """A quarter that is over: its people, its months and their totals, all organisations together.

    What is hidden is decided here, once, and leaves no number behind.
    """
    end = queries.later(start, 3)
    found = _kept(Span.QUARTER, queries.counted(Span.QUARTER, start, end, actor=by))
    _write(Span.QUARTER, found)
    people = sum(row.number for row in found if row.measure == Measure.PEOPLE)
    shown = not hiding.is_small(people, least=least)
    figures = [_figure(Span.QUARTER, start, Measure.PEOPLE, "", people, shown=shown)]
    figures += _heard(start, found, least)
    figures += _waited(start, found, least)
    months = queries.starts(Span.MONTH, start, end)
    numbers = queries.numbers(months, actor=by)
    for measure, kind in sorted({*numbers, *((always, "") for always in queries.ALWAYS)}):
        parts = [numbers.get((measure, kind), {}).get(month, 0) for month in months]
        hidden = hiding.of_sum(parts, least=least)
        figures.append(
            _figure(Span.QUARTER, start, measure, kind, sum(parts), shown=not hidden.total)
        )
        figures += [
            _figure(Span.MONTH, month, measure, kind, part, shown=not is_hidden)
            for month, part, is_hidden in zip(months, parts, hidden.parts, strict=True)
        ]
    Figure.objects.bulk_create(figures, ignore_conflicts=True)


def _heard(start: date, found: Iterable[Counted], least: int) -> list[Figure]:
    """How referrals heard of us, all ways at once: a small number is hidden with another one, as if
    their sum were told, for it may be the number of referrals."""
    parts = _parts(Measure.HEARD, Heard.How.values, found)
    hidden = hiding.of_sum(list(parts.values()), least=least)
    return _together(start, Measure.HEARD, parts, hidden.parts)


def _waited(start: date, found: Iterable[Counted], least: int) -> list[Figure]:
    """How long psychotherapy was waited for: nothing of fewer than a group, not even in which band
    nobody is, for their colleagues would know the wait of each."""
    parts = _parts(Measure.THERAPY_WAIT, Wait.values, found)
    hidden = hiding.of_sum(list(parts.values()), least=least)
    return _together(
        start, Measure.THERAPY_WAIT, parts, [hidden.total or one for one in hidden.parts]
    )


def _parts(measure: str, kinds: Iterable[str], found: Iterable[Counted]) -> dict[str, int]:
    """Each kind of a measure, all organisations together; nothing when there is none at all."""
    numbers = Counter[str]()
    for row in found:
        if row.measure == measure:
            numbers[row.kind] += row.number
    return {kind: numbers[kind] for kind in kinds} if numbers else {}


def _together(
    start: date, measure: str, parts: dict[str, int], hidden: Sequence[bool]
) -> list[Figure]:
    return [
        _figure(Span.QUARTER, start, measure, kind, number, shown=not is_hidden)
        for (kind, number), is_hidden in zip(parts.items(), hidden, strict=True)
    ]


def _figure(
    span: Span, start: date, measure: str, kind: str, number: int, *, shown: bool
) -> Figure:
    return Figure(
        id=_id("figure", span, start, measure, kind),
        span=span,
        starts_on=start,
        measure=measure,
        kind=kind,
        number=number if shown else None,
    )


def _id(*parts: object) -> UUID:
    """Of what it counts: two jobs at once write one row."""
    return uuid5(NAMESPACE_DNS, f"{'/'.join(map(str, parts))}.indicators.spheres")
