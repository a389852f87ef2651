"""How are the figures found: what the database counts, and what a page shows of a quarter?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min, Q, Sum

from spheres.core import context
from spheres.core.actor import Actor
from spheres.evaluation.indicators.counting import FIGURES
from spheres.evaluation.indicators.definitions import INDICATORS, Indicator
from spheres.evaluation.indicators.hiding import SMALLEST_GROUP
from spheres.evaluation.indicators.models import Figure, Measure, OwnFigure, Span, Tally
from spheres.regions import queries as regions

LENGTH = {Span.MONTH: 1, Span.QUARTER: 3}
NOT_COUNTED = "not counted"  # its definition came later, or nothing was published then
EARLIEST = date(1970, 1, 1)
WHOLE = "millennium"  # of the database's own words, the one that cuts no window in two


def smallest_group() -> int:
    """Fewer than these are not told apart: the region's word, and never under five."""
    return max(SMALLEST_GROUP, regions.region().minimum_group)


def start_of(span: Span, on: date) -> date:
    """The first day of the month or quarter in which a day falls."""
    return date(on.year, on.month - (on.month - 1) % LENGTH[span], 1)


def later(start: date, months: int) -> date:
    """The first day of the month so many months later, or earlier."""
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1)


def starts(span: Span, first: date, until: date) -> list[date]:
    """Every month or quarter from one to another, the last left out."""
    found = []
    while first < until:
        found.append(first)
        first = later(first, LENGTH[span])
    return found


@dataclass(frozen=True)
class Counted:
    """A number of one organisation, as the database gives it to the roll-ups' service."""

    starts_on: date
    organisation_id: UUID
    measure: str
    kind: str
    number: int


def counted(span: Span, first: date | None, until: date, *, actor: Actor) -> list[Counted]:
    """What was done from one day to another, by month or quarter; no row of anybody leaves."""
    context.require(actor)
    return _asked(span.lower(), first or EARLIEST, until)


def people(first: date, until: date, *, actor: Actor) -> int:
    """How many young people were met in a longer while, each counted once by organisation."""
    context.require(actor)
    rows = _asked(WHOLE, first, until)
    return sum(row.number for row in rows if row.measure == Measure.PEOPLE)


def _asked(span: str, first: date, until: date) -> list[Counted]:
    zone = ZoneInfo(settings.TIME_ZONE)
    window = [datetime.combine(day, time(), tzinfo=zone) for day in (first, until)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"select * from access.{FIGURES.name}(%s, %s, %s, %s)",  # noqa: S608 -- our own name
            [span, settings.TIME_ZONE, *window],
        )
        return [Counted(*row) for row in cursor.fetchall()]


def numbers(months: Iterable[date], *, actor: Actor) -> dict[tuple[str, str], dict[date, int]]:
    """The whole programme's true numbers: measure and kind, then month. For the service alone."""
    context.require(actor)
    found: dict[tuple[str, str], dict[date, int]] = {}
    rows = (
        Tally.objects.filter(span=Span.MONTH, starts_on__in=list(months))
        .values_list("measure", "kind", "starts_on")
        .annotate(Sum("number"))
        .order_by("measure", "kind", "starts_on")
    )
    for measure, kind, month, number in rows:
        found.setdefault((measure, kind), {})[month] = number
    return found


def by_organisation(start: date, *, actor: Actor) -> dict[UUID, Counter[tuple[str, str]]]:
    """The true numbers of a quarter, each organisation's: measure and kind. For the service."""
    context.require(actor)
    found = defaultdict[UUID, Counter[tuple[str, str]]](Counter)
    rows = Tally.objects.filter(
        Q(span=Span.QUARTER, starts_on=start)
        | Q(span=Span.MONTH, starts_on__in=starts(Span.MONTH, start, later(start, 3)))
    ).values_list("organisation_id", "measure", "kind", "number")
    for organisation_id, measure, kind, number in rows:
        found[organisation_id][measure, kind] += number
    return found


def last_counted(*, actor: Actor) -> date | None:
    """The last month that was counted. The desk has a number of referrals for each, be it 0."""
    context.require(actor)
    rows = Tally.objects.filter(span=Span.MONTH, measure=Measure.REFERRALS)
    found: date | None = rows.aggregate(last=Max("starts_on"))["last"]
    return found


def first_counted(*, actor: Actor) -> date | None:
    """The first month that was counted: it begins a quarter."""
    context.require(actor)
    rows = Tally.objects.filter(span=Span.MONTH, measure=Measure.REFERRALS)
    found: date | None = rows.aggregate(first=Min("starts_on"))["first"]
    return found


@dataclass(frozen=True)
class Published:
    """The first and the last quarter whose figures are published."""

    first: date
    last: date


def published(*, actor: Actor) -> Published | None:
    """None before the first quarter was over."""
    context.require(actor)
    found = Figure.objects.filter(span=Span.QUARTER, measure=Measure.PEOPLE).aggregate(
        first=Min("starts_on"), last=Max("starts_on")
    )
    return Published(**found) if found["last"] else None


@dataclass(frozen=True)
class Row:
    """One number of an indicator, or of one of its kinds: three months, and the quarter. None:
    hidden. Of what is told by quarter alone, no months."""

    indicator: Indicator
    kind: str
    months: tuple[int | None, ...]
    total: int | None

    @property
    def words(self) -> str:
        """What the row is called, in the reader's language."""
        return self.indicator.kind_name(self.kind) if self.has_kinds else self.indicator.name

    @property
    def has_kinds(self) -> bool:
        return self.indicator.shape.has_kinds


@dataclass(frozen=True)
class Three:
    """The three months of one fixed quarter, and the quarters published around it."""

    months: tuple[date, ...]
    before: date | None
    after: date | None

    @property
    def first_month(self) -> date:
        return self.months[0]

    @property
    def last_month(self) -> date:
        return self.months[-1]


@dataclass(frozen=True)
class Quarter(Three):
    """What is published of one fixed quarter. What was not counted yet is not in it."""

    rows: dict[Measure, list[Row]]

    @property
    def people(self) -> int | None:
        """Of the whole quarter; none: too few to be told."""
        return self.rows[Measure.PEOPLE][0].total


def three(start: date, within: Published) -> Three:
    """The months of a quarter, and whether another was published before it, and after."""
    return Three(
        tuple(later(start, place) for place in range(3)),
        later(start, -3) if start > within.first else None,
        later(start, 3) if start < within.last else None,
    )


def quarter(start: date, within: Published, *, actor: Actor) -> Quarter:
    """One quarter: each indicator in the order of the definitions, each kind in its own."""
    context.require(actor)
    around = three(start, within)
    months = around.months
    cells = {
        (row.span, row.starts_on, row.measure, row.kind): row.number
        for row in Figure.objects.filter(starts_on__in=months)
    }
    told = {(measure, kind) for span, _day, measure, kind in cells if span == Span.QUARTER}
    rows: dict[Measure, list[Row]] = {}
    for measure, one in INDICATORS.items():
        kinds = one.kinds if one.shape.has_kinds else [""]
        found = {kind for code, kind in told if code == measure}
        days = () if one.shape.is_quarterly else months
        in_order = [kind for kind in kinds if kind in found] + sorted(found - {*kinds})
        if in_order:
            rows[measure] = [
                Row(
                    one,
                    kind,
                    tuple(cells[Span.MONTH, day, measure, kind] for day in days),
                    cells[Span.QUARTER, start, measure, kind],
                )
                for kind in in_order
            ]
    return Quarter(months, around.before, around.after, rows)


@dataclass(frozen=True)
class OwnRow:
    """One number of the reader's organisation: this quarter, the one before, and that of all the
    programme. None: hidden; NOT_COUNTED: not published then."""

    indicator: Indicator
    kind: str
    number: int | str | None
    before: int | str | None
    whole: int | str | None

    @property
    def words(self) -> str:
        """Its kind, where there are kinds."""
        return self.indicator.kind_name(self.kind) if self.indicator.shape.has_kinds else ""

    @property
    def name(self) -> str:
        return self.words or self.indicator.name


def own(start: date, *, actor: Actor) -> dict[Measure, list[OwnRow]]:
    """What is told of one's organisation in a quarter, in the order of the definitions; kinds of
    which there was none are left out. Empty: nothing of it was counted."""
    context.require(actor)
    days = (start, later(start, -3))
    ours = {
        (row.starts_on, row.measure, row.kind): row.number
        for row in OwnFigure.objects.filter(starts_on__in=days)
    }
    of_all = {
        (row.measure, row.kind): row.number
        for row in Figure.objects.filter(span=Span.QUARTER, starts_on=start)
    }
    found: dict[Measure, list[OwnRow]] = {}
    for measure, one in INDICATORS.items():
        told = [kind for day, code, kind in ours if day == start and code == measure]
        in_order = [kind for kind in one.kinds if kind in told] if one.shape.has_kinds else told
        rows = [
            OwnRow(
                one,
                kind,
                ours[start, measure, kind],
                ours.get((days[1], measure, kind), NOT_COUNTED),
                of_all.get((measure, kind), NOT_COUNTED),
            )
            for kind in in_order + sorted({*told} - {*in_order})
        ]
        if any(row.number != 0 or row.before != 0 for row in rows):
            found[measure] = [row for row in rows if (row.number, row.whole) != (0, 0)]
    return {measure: rows for measure, rows in found.items() if rows}
