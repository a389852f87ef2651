"""The roll-ups' service at work, and a year of a programme in a few rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from spheres.accounts.models import Organisation
from spheres.core.actor import service
from spheres.evaluation.indicators import actions
from spheres.evaluation.indicators.models import Figure, Measure, Span, Tally
from tests.cast import acting, uuid_of

ROLLUPS = service("rollups")
# The cast lives on 2 March 2026: its quarter is over on the first of April.
APRIL = datetime(2026, 4, 1, 12, tzinfo=UTC)
JULY = datetime(2026, 7, 1, 12, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 1, 12, tzinfo=UTC)
# The service itself may not read who the organisations are.
NAMES = {uuid_of(slug): slug for slug in ("institut", "la-maison", "ailleurs")}

Row = tuple[date, str, str, str, int]


def count(at: datetime = APRIL) -> list[date]:
    """What the night of this day does."""
    with acting(ROLLUPS, at):
        return actions.count(by=ROLLUPS, at=at)


def tallies(span: Span = Span.MONTH) -> list[Row]:
    """All that was counted, nought left out: month, organisation, measure, kind, number."""
    with acting(ROLLUPS):
        rows = Tally.objects.filter(span=span, number__gt=0)
        return sorted(
            (row.starts_on, NAMES[row.organisation_id], row.measure, row.kind, row.number)
            for row in rows
        )


def figures(start: date) -> dict[tuple[str, str, str], int | None]:
    """All that was published for a month, or for a quarter that begins with it."""
    with acting(ROLLUPS):
        rows = Figure.objects.filter(starts_on=start)
        return {(row.span, row.measure, row.kind): row.number for row in rows}


def lived(organisation: Organisation, months: Iterable[tuple[date, int]], *kinds: str) -> None:
    """So many referrals, and meetings of each kind, in each of these months, already counted."""
    measured = [(Measure.REFERRALS, ""), *((Measure.CONTACTS, kind) for kind in kinds)]
    for month, number in months:
        counted(organisation, month, dict.fromkeys(measured, number))


def counted(organisation: Organisation, month: date, told: dict[tuple[str, str], int]) -> None:
    """What was counted of an organisation in a month: measure and kind, and how many."""
    with acting(ROLLUPS):
        Tally.objects.bulk_create(
            Tally(
                id=actions._id("tally", Span.MONTH, month, organisation.pk, measure, kind),
                span=Span.MONTH,
                starts_on=month,
                organisation=organisation,
                measure=measure,
                kind=kind,
                number=number,
            )
            for (measure, kind), number in told.items()
        )
