"""Which lines are mine, and how many were written in each quarter that is over?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from spheres.core import context
from spheres.core.actor import Actor
from spheres.regions import queries as regions
from spheres.sharing.counting import Finding
from spheres.vault import actions as vault
from spheres.worker_support.informal_support.models import ROLLUPS, TOLD, SupportCount, SupportLine

KINDS: Final = "support_kinds"  # the region's vocabularies
THEMES: Final = "support_themes"
SMALLEST_GROUP: Final = 5  # people, under which nothing is said; a region may ask for more
SHOWN: Final = 20
QUARTERS: Final = 4
_QUARTER: Final = "date_trunc('quarter', l.written_at at time zone r.time_zone)::date"
# By the moment at which a line is written: a quarter that is over never grows.
_ENOUGH: Final = f"""
    select {_QUARTER} as starts_on, count(*) as number
    from informal_support_supportline l cross join regions_region r
    where {_QUARTER} < date_trunc('quarter', access.moment() at time zone r.time_zone)::date
    group by 1, r.minimum_group
    having count(distinct l.user_id) >= greatest({SMALLEST_GROUP}, r.minimum_group)"""  # noqa: S608 -- every name is ours
_LINES: Final = {
    "informal_support_supportline": ("user_id", "written_at"),
    "regions_region": ("time_zone", "minimum_group"),
}
TO_COUNT: Final = Finding(
    name="informal_support_to_count",
    asked_by=f"access.holds('{{{ROLLUPS}}}')",
    gives="of_quarter date, of_number bigint",
    query=f"select e.starts_on, e.number from ({_ENOUGH}) e",  # noqa: S608 -- every name is ours
    reads=_LINES,
)
# What was counted then, as long as lines of enough people still stand: under that it is gone.
COUNTED: Final = Finding(
    name="informal_support_counted",
    asked_by=f"access.holds('{{{','.join(sorted(TOLD))}}}')",
    gives="of_quarter date, of_number bigint",
    query=f"""
    select c.starts_on, c.number::bigint from informal_support_supportcount c
    join ({_ENOUGH}) e on e.starts_on = c.starts_on""",  # noqa: S608 -- every name is ours
    reads={**_LINES, "informal_support_supportcount": ("starts_on", "number")},
)


@dataclass(frozen=True)
class Line:
    """One of mine, opened: on which day, how it came about, what it was about, a sentence."""

    id: UUID
    on: date
    kind: str
    theme: str
    words: str


@dataclass(frozen=True)
class Quarter:
    first: date
    number: int

    @property
    def name(self) -> str:
        said = {"number": (self.first.month + 2) // 3, "year": self.first.year}
        return _("Q%(number)s %(year)s") % said


def newest(*, actor: Actor, at: datetime) -> list[Line]:
    """My last lines, the newest first."""
    context.require(actor)
    since = regions.term(SupportLine.KEEP, at)
    found = SupportLine.objects.filter(written_at__gt=since).order_by("-written_at", "pk")
    rows = list(found[:SHOWN])
    vault.open(rows, by=actor)
    return [_line(row) for row in rows]


def one(informal_id: UUID, *, actor: Actor) -> SupportLine | None:
    """One of mine, still locked."""
    context.require(actor)
    return SupportLine.objects.filter(pk=informal_id).first()


def counted(*, actor: Actor) -> list[Quarter]:
    """How many in each of the last quarters that are over, the newest first; none where lines of
    too few people stand."""
    context.require(actor)
    rows = sorted(_asked(COUNTED), reverse=True)
    return [Quarter(first, number) for first, number in rows[:QUARTERS]]


def to_count(*, actor: Actor) -> list[Quarter]:
    """Quarters that are over and were not counted: for the service that counts."""
    context.require(actor)
    done = set(SupportCount.objects.values_list("starts_on", flat=True))
    return [Quarter(*row) for row in sorted(_asked(TO_COUNT)) if row[0] not in done]


def enough() -> int:
    """How many people it takes; never fewer than five."""
    return max(SMALLEST_GROUP, regions.region().minimum_group)


def _asked(finding: Finding) -> list[tuple[date, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select of_quarter, of_number from access.{finding.name}(null)"  # noqa: S608 -- ours
        )
        return cursor.fetchall()


def _line(row: SupportLine) -> Line:
    said: dict[str, str] = json.loads(row.opened.said)
    return Line(
        row.pk,
        date.fromisoformat(said["on"]),
        regions.label(KINDS, said["kind"]),
        regions.label(THEMES, said["theme"]) if said["theme"] else "",
        said["words"],
    )
