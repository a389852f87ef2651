"""What does a year that is over put at the desk? That its report may be written."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.evaluation.reports.documents import year_words
from spheres.evaluation.reports.models import WRITERS
from spheres.records.between import places
from spheres.records.between.places import Handed
from spheres.ui import addresses

TO_WRITE: Final = "report to write"
# A year ends in March: the newest whose last quarter is published, and that nobody has begun.
UNBEGUN: Final = """
select json_build_object('year', y.starts_on) from (
  select make_date(extract(year from max(f.starts_on))::int - 1, 4, 1) as starts_on,
    min(f.starts_on) as first
  from indicators_figure f where f.span = 'QUARTER') y
where y.first < y.starts_on + interval '1 year' and (select access.at_the_desk())
  and not exists (select from reports_report r
    where r.kind = 'YEARLY' and r.starts_on = y.starts_on)"""
ASKED_OF: Final = WRITERS


def to_write(*, actor: Actor) -> list[Handed]:
    """One line, until its report is begun."""
    found = places.rows_of_day(TO_WRITE, actor=actor, at=clock.now())
    return [
        Handed(
            _("A year is over (%(year)s): its report may be written.")
            % {"year": year_words(date.fromisoformat(row["year"]))},
            addresses.to("reports:list"),
            _("See the reports"),
            "note",
        )
        for row in found
    ]
