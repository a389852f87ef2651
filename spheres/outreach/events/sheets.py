"""How does the list of events leave for a spreadsheet? One line an event, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from spheres.outreach.events.queries import Shown
from spheres.records.spreadsheets import Cell, as_sheet


def of_events(found: Iterable[Shown], *, kind: str) -> HttpResponse:
    """All of them, the oldest first."""
    columns = [
        _("Day"), _("Kind of event"), _("Organisation visited"), _("Environment"), _("Place"),
        _("Administrative region"), _("Audience"), _("People, when known"),
        _("Length, in minutes"), _("Travel, in minutes"), _("Event called off"),
    ]  # fmt: skip
    return as_sheet(_("events"), columns, _lines(found), kind=kind)


def _lines(found: Iterable[Shown]) -> Iterator[Sequence[Cell]]:
    for one in found:
        row = one.row
        yield [
            row.held_on, one.kind, row.opened.organisation, one.environment, row.opened.place,
            one.region, ", ".join(label for label, _number in one.audiences),
            one.people if any(number is not None for number in row.heads) else None,
            row.lasted_minutes, row.travel_minutes, _("Yes") if row.is_off else "",
        ]  # fmt: skip
