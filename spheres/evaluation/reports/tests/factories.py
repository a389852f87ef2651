"""A year that is over, its figures published; a report of it, written and locked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from spheres.core.actor import Actor, service
from spheres.evaluation.indicators import queries as indicators
from spheres.evaluation.indicators.models import Figure, Measure, Span
from spheres.evaluation.indicators.queries import NOT_COUNTED
from spheres.evaluation.open_figures.models import YearFigure
from spheres.evaluation.reports import actions, queries
from spheres.evaluation.reports.models import Passage, Place, Report
from spheres.evaluation.reports.queries import Row, Told, Whole
from spheres.evaluation.theory.models import Component
from tests.cast import Cast, acting, uuid_of

ROLLUPS = service("rollups")
YEAR = date(2025, 4, 1)
NOW = datetime(2026, 4, 2, 14, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
WORDS = ("Une année de liens.", "A year of ties.")
# Quarter by quarter; none: hidden.
REFERRALS = (12, 18, None, 20)
A_YEAR_BEFORE = (7, 9)  # the programme began in the autumn


# As a paper is drawn from it: a hidden number, one that was not counted, words in each place.
SAMPLE = Whole(
    Report(kind="FUNDER", starts_on=YEAR),
    tuple(indicators.later(YEAR, 3 * place) for place in range(4)),
    (Told("Références reçues", 50, True), Told("Formations données", None, False)),
    tuple(
        Row(component.value, "Références reçues", "Rencontre", 1, (12, None, 0, 9),
            (NOT_COUNTED, NOT_COUNTED, None, 7))
        for component in list(Component)[:-1]
    ),
    (("Références reçues", "Chaque référence, le jour où elle arrive."),),
    {place.value: Passage(place=place, fr="Deux lignes.\nEt une autre.", en="Two.\nLines.")
     for place in Place},
)  # fmt: skip


def locked_sample() -> Whole:
    row = Report(kind="YEARLY", starts_on=YEAR, locked_at=NOW, digest="ab" * 32)
    return replace(SAMPLE, report=row)


def publish(measure: str, numbers: tuple[int | None, ...], *, since: date, kind: str = "") -> None:
    """As the service of roll-ups published them; what it published already stands."""
    rows = [
        Figure(
            id=uuid4(), span=Span.QUARTER, starts_on=indicators.later(since, 3 * place),
            measure=measure, kind=kind, number=number,
        )
        for place, number in enumerate(numbers)
    ]  # fmt: skip
    with acting(ROLLUPS, NOW):
        Figure.objects.bulk_create(rows, ignore_conflicts=True)


def a_year() -> None:
    """From April 2025 to March 2026, and half of the year before."""
    autumn = date(2024, 10, 1)
    publish(Measure.REFERRALS, A_YEAR_BEFORE + REFERRALS, since=autumn)
    publish(Measure.PEOPLE, (8, 9, 14, 20, 22, 25), since=autumn)
    publish(Measure.CONTACTS, (30, 31, None, 44), since=YEAR, kind="meeting")
    publish(Measure.CONTACTS, (0, 0, 0, 0), since=YEAR, kind="text")
    rows = [
        YearFigure(
            id=uuid4(), starts_on=YEAR, measure=measure, version=1, number=number,
            is_floor=is_floor,
        )
        for measure, number, is_floor in (
            (Measure.REFERRALS, 50, True), (Measure.TRAININGS, None, False),
        )
    ]  # fmt: skip
    with acting(ROLLUPS, NOW):
        YearFigure.objects.bulk_create(rows, ignore_conflicts=True)


def begun(by: Actor, *, kind: str = "YEARLY", name: str = "a report") -> Report:
    with acting(by, NOW):
        return actions.begin(uuid_of(name), kind, YEAR, by=by, at=NOW)


def written(
    by: Actor, row: Report, place: str = "opening", words: tuple[str, str] = WORDS, *,
    since: int = 0, at: datetime = NOW,
) -> None:  # fmt: skip
    with acting(by, at):
        actions.write(
            uuid_of(f"{place} {since} {words[0]}"), row, place, words, since=since, by=by, at=at
        )


def locked(cast: Cast) -> Report:
    """Louise begins it, writes its opening, and locks it."""
    row = begun(cast.louise)
    written(cast.louise, row)
    with acting(cast.louise, LATER):
        actions.lock(row, by=cast.louise, at=LATER)
    return seen(cast.louise, row)


def seen(by: Actor, row: Report, at: datetime = LATER) -> Report:
    with acting(by, at):
        found = queries.find(row.pk, actor=by)
    assert found is not None
    return found
