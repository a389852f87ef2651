"""How does a report leave: as a paper tagged for screen readers, and as a table?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from spheres.evaluation.indicators.drawing import in_words
from spheres.evaluation.indicators.queries import NOT_COUNTED
from spheres.evaluation.reports.models import Place, Report
from spheres.evaluation.reports.queries import Row, Whole
from spheres.evaluation.theory.models import Component
from spheres.records import documents
from spheres.records.spreadsheets import Cell
from spheres.regions import queries as regions
from spheres.ui import moments

PAPER: Final = Path(__file__).parent / "paper" / "report.typ"
NAME: Final = "report.pdf"
QUARTERS: Final = {
    4: gettext_lazy("Apr.–June"), 7: gettext_lazy("July–Sept."), 10: gettext_lazy("Oct.–Dec."),
    1: gettext_lazy("Jan.–March"),
}  # fmt: skip


def year_words(starts_on: date) -> str:
    """«Avril 2025 à mars 2026»."""
    return _("%(from)s to %(to)s") % {
        "from": moments.month(starts_on),
        "to": moments.month(date(starts_on.year + 1, 3, 1)),
    }


def title(report: Report) -> str:
    return _("%(kind)s, %(year)s") % {
        "kind": report.get_kind_display(),
        "year": year_words(report.starts_on),
    }


def quarter_words(first: date) -> str:
    """«Avr.–juin»: three months, as a narrow column has room for them."""
    return str(QUARTERS[first.month])


def year_number(number: int | None, *, is_floor: bool) -> str:
    if number is None:
        return _("not told")
    return _("at least %(number)s") % {"number": number} if is_floor else str(number)


def paper(whole: Whole) -> bytes:
    """The same report gives the same bytes. One that is not locked says so on each page."""
    report, region = whole.report, regions.region()
    passages = whole.passages
    said: dict[str, Any] = {
        "title": title(report),
        "language": get_language(),
        "programme": region.programme,
        "footer": footer(report),
        "opening": _words(passages, Place.OPENING),
        "closing": _words(passages, Place.CLOSING),
        "year": {
            "title": _("The year in a few numbers"),
            "rows": [
                [one.name, year_number(one.number, is_floor=one.is_floor)] for one in whole.year
            ],
            "heads": [_("Measure"), _("The year")],
        },
        "components": [
            {
                "title": str(component.label),
                "words": _words(passages, component.value),
                "heads": [_("Measure"), *(quarter_words(day) for day in whole.quarters)],
                "caption": _("The year; in brackets, the year before when it was counted"),
                "rows": [_line(row) for row in whole.of(component.value)],
                "nothing": _("No figure is published of it for this year."),
            }
            for component in Component
        ],
        "before": _("The year before"),
        "how": {
            "title": _("How to read these figures"),
            "lines": [
                _(
                    "“Hidden” stands where a number is small, or would tell a small one beside it: "
                    "nobody can be recognised. Quarters are not added up, for the same reason."
                ),
                _("“Not counted”: what counts it came later."),
            ],
        },
        "defined": {
            "title": _("What each figure counts"),
            "pairs": [[name, counts] for name, counts in whole.defined],
        },
    }
    return documents.typeset(said, PAPER)


def footer(report: Report) -> str:
    """Its day and its digest: a copy is compared with what stands in the programme."""
    if report.locked_at is None:
        return _("Draft: nothing here is final")
    return _("Locked on %(day)s · %(digest)s") % {
        "day": moments.day(report.locked_at),
        "digest": report.digest[:16],
    }


def _words(passages: dict[str, Any], place: str) -> list[str]:
    text = passages[place].words if place in passages else ""
    return [line for line in text.splitlines() if line.strip()]


def _line(row: Row) -> dict[str, Any]:
    is_told = any(one != NOT_COUNTED for one in row.before)
    return {
        "name": row.words,
        "numbers": [in_words(one) for one in row.numbers],
        "before": [in_words(one) if is_told else "" for one in row.before],
    }


def columns(whole: Whole) -> list[str]:
    quarters = [quarter_words(day) for day in whole.quarters]
    return [
        _("Component"), _("Measure"), _("Kind"), _("Version of the definition"), *quarters,
        *(_("%(quarter)s, the year before") % {"quarter": one} for one in quarters),
    ]  # fmt: skip


def in_cells(whole: Whole) -> Iterator[Sequence[Cell]]:
    """The same numbers as the page and the paper, and hidden where they are hidden."""
    labels = {component.value: str(component.label) for component in Component}
    for row in whole.rows:
        numbers = [
            one if isinstance(one, int) else in_words(one) for one in row.numbers + row.before
        ]
        yield [labels[row.component], row.name, row.kind, row.version, *numbers]
