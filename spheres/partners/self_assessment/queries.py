"""What did our organisation say of itself, and what do all partners say together, year by year?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery

from spheres.accounts.models import Organisation, User
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.partners.self_assessment.models import (
    READING,
    Assessment,
    StatementSet,
    Step,
)
from spheres.partners.self_assessment.statements import Statement
from spheres.regions import queries as regions
from spheres.sharing.counting import Finding
from spheres.vault import actions as vault

SMALLEST_GROUP: Final = 5  # partners, under which nothing is said; a region may ask for more
ROLES: Final = ",".join(sorted(READING))
# Years that are over, to which nothing is added: two moments of asking give the same numbers. Of a
# partner, the newest; of a statement, when enough partners answered it. Never of which.
ALL_TOGETHER: Final = Finding(
    name="self_assessed",
    asked_by=f"access.holds('{{{ROLES}}}')",
    gives="of_year integer, of_set uuid, of_statement bigint, of_step integer, of_number bigint",
    query=f"""
    with newest as (
      select distinct on (a.partner_id, a.year) a.year, a.asks_id, a.steps
      from self_assessment_assessment a cross join regions_region r
      where a.year < extract(year from access.moment() at time zone r.time_zone)
      order by a.partner_id, a.year, a.written_at desc, a.id),
    told as (
      select n.year, n.asks_id, s.place, s.step
      from newest n cross join unnest(n.steps) with ordinality s(step, place)
      where s.step > 0),
    enough as (
      select t.year, t.asks_id, t.place from told t cross join regions_region r
      group by t.year, t.asks_id, t.place, r.minimum_group
      having count(*) >= greatest({SMALLEST_GROUP}, r.minimum_group))
    select t.year::integer, t.asks_id, t.place, t.step::integer, count(*)
    from told t join enough e on e.year = t.year and e.asks_id = t.asks_id and e.place = t.place
    group by t.year, t.asks_id, t.place, t.step""",  # noqa: S608 -- every name is ours
    reads={
        "self_assessment_assessment": (
            "id", "partner_id", "year", "asks_id", "steps", "written_at",
        ),
        "regions_region": ("time_zone", "minimum_group"),
    },
)  # fmt: skip


@dataclass(frozen=True)
class Year:
    """How many partners stand at each step for one statement in one year."""

    year: int
    numbers: tuple[int, ...]  # from «not yet» to «fully»

    @property
    def total(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True)
class Together:
    """One statement, and what enough partners said of it, year by year."""

    statement: Statement
    years: tuple[Year, ...]


@dataclass(frozen=True)
class Ours:
    """What our organisation said in one year, opened; and who wrote it."""

    row: Assessment
    who: str


def every_set(*, actor: Actor) -> dict[UUID, StatementSet]:
    """All that was ever asked: what is asked now comes first."""
    context.require(actor)
    found = StatementSet.objects.order_by("-is_offered", "position", "-version", "pk")
    return {one.pk: one for one in found}


def asked_now(every: Mapping[UUID, StatementSet]) -> StatementSet | None:
    """What is asked now; none when the region’s files ask nothing."""
    first = next(iter(every.values()), None)
    return first if first and first.is_offered else None


def statements(*, actor: Actor) -> StatementSet | None:
    """The same, alone."""
    return asked_now(every_set(actor=actor))


def partner(*, actor: Actor) -> Organisation | None:
    """The partner of which one’s organisation is a part, or itself."""
    context.require(actor)
    found = Organisation.objects.select_related("parent__parent")
    one = found.filter(pk=actor.organisation_id).first()
    above = [one, one.parent, one.parent and one.parent.parent] if one else []
    return next((each for each in above if each and each.is_partner), None)


def enough() -> int:
    """How many partners it takes; never fewer than five."""
    return max(SMALLEST_GROUP, regions.region().minimum_group)


def year_of(at: datetime) -> int:
    return clock.day_of(at).year


def ours(*, actor: Actor) -> list[Ours]:
    """Of each year the newest, the newest year first, opened: of our own organisation alone."""
    context.require(actor)
    newest: dict[int, Assessment] = {}
    rows = Assessment.objects.filter(organisation_id=actor.organisation_id).select_related("asks")
    rows = rows.annotate(
        who=Subquery(User.objects.filter(pk=OuterRef("written_by")).values("name"))
    )
    for row in rows.order_by("written_at", "pk"):
        newest[row.year] = row
    stand = [newest[year] for year in sorted(newest, reverse=True)]
    vault.open(stand, by=actor)
    return [Ours(row, getattr(row, "who", None) or "") for row in stand]


def together(
    of: StatementSet, *, actor: Actor, sets: Mapping[UUID, StatementSet]
) -> list[Together]:
    """What enough partners said of each statement of today, in the years that are over; worded
    alike in another version, it is the same statement."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select * from access.self_assessed(null)")
        rows: list[tuple[int, UUID, int, int, int]] = cursor.fetchall()
    found: dict[Statement, dict[int, list[int]]] = {}
    for year, set_id, place, step, number in rows:
        statement = sets[set_id].statements[place - 1]
        years = found.setdefault(statement, {})
        years.setdefault(year, [0] * Step.FULLY)[step - 1] += number
    return [
        Together(
            one, tuple(Year(year, tuple(said)) for year, said in sorted(found.get(one, {}).items()))
        )
        for one in of.statements
    ]
