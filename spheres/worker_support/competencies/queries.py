"""Where did I say that I stand, and what do all who agreed say together?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from spheres.core import context
from spheres.core.actor import Actor
from spheres.regions import queries as regions
from spheres.sharing.counting import Finding
from spheres.vault import actions as vault
from spheres.worker_support.competencies.models import (
    ROLLUPS,
    TOLD,
    CompetencyLook,
    CompetencyTold,
    Share,
)

COMPETENCIES: Final = "competencies"  # the region's vocabulary: a few words, and the sentence
SHOWN: Final = 12
SMALLEST_GROUP: Final = 8  # people, under which nothing is said; a region may ask for more
HALVES: Final = 4


def _half(of: str) -> str:
    """The first day of the half-year of a moment, where the region is."""
    here = f"({of} at time zone r.time_zone)"
    return (
        f"make_date(extract(year from {here})::integer, "
        f"case when extract(month from {here}) > 6 then 7 else 1 end, 1)"
    )


# Of each half-year that is over, the newest of each person; of a sentence, when enough people
# answered it. By the moment of writing: what is over never grows. Never of whom.
_ENOUGH: Final = f"""
    select t.starts_on, t.code, count(*) as number, count(*) filter (where t.is_at_ease) as at_ease
    from (
      select n.starts_on, c.code, c.is_at_ease, n.minimum_group from (
        select distinct on (l.user_id, {_half("l.written_at")})
          {_half("l.written_at")} as starts_on, l.at_ease, l.not_yet, r.minimum_group
        from competencies_competencylook l cross join regions_region r
        where {_half("l.written_at")} < {_half("access.moment()")}
        order by l.user_id, {_half("l.written_at")}, l.written_at desc, l.id) n
      cross join lateral (
        select a.code::text, true as is_at_ease from unnest(n.at_ease) a(code)
        union all select b.code::text, false from unnest(n.not_yet) b(code)) c) t
    group by t.starts_on, t.code, t.minimum_group
    having count(*) >= greatest({SMALLEST_GROUP}, t.minimum_group)"""  # noqa: S608 -- every name is ours
_LOOKS: Final = {
    "competencies_competencylook": ("at_ease", "id", "not_yet", "user_id", "written_at"),
    "regions_region": ("time_zone", "minimum_group"),
}
TO_TELL: Final = Finding(
    name="competencies_to_tell",
    asked_by=f"access.holds('{{{ROLLUPS}}}')",
    gives="of_half date, of_code text, of_share text",
    query=f"""
    select e.starts_on, e.code, case
      when e.at_ease * 5 < e.number then '{Share.FEW}'
      when e.at_ease * 5 < e.number * 2 then '{Share.SOME}'
      when e.at_ease * 5 < e.number * 3 then '{Share.HALF}'
      when e.at_ease * 5 < e.number * 4 then '{Share.MANY}'
      else '{Share.MOST}' end
    from ({_ENOUGH}) e""",  # noqa: S608 -- every name is ours
    reads=_LOOKS,
)
# What was told then, as long as answers of enough people still stand: under that it is gone.
TOGETHER: Final = Finding(
    name="competencies_together",
    asked_by=f"access.holds('{{{','.join(sorted(TOLD))}}}')",
    gives="of_half date, of_code text, of_share text",
    query=f"""
    select c.starts_on, c.code::text, c.share::text from competencies_competencytold c
    join ({_ENOUGH}) e on e.starts_on = c.starts_on and e.code = c.code""",  # noqa: S608 -- ours
    reads={**_LOOKS, "competencies_competencytold": ("code", "share", "starts_on")},
)


@dataclass(frozen=True)
class Told:
    """One half-year, and of each sentence how many do it at ease."""

    starts_on: date
    shares: dict[str, str]


def newest(*, actor: Actor, at: datetime) -> list[CompetencyLook]:
    """My last times, opened, the newest first."""
    context.require(actor)
    since = regions.term(CompetencyLook.KEEP, at)
    found = CompetencyLook.objects.filter(written_at__gt=since).order_by("-written_at", "pk")
    rows = list(found[:SHOWN])
    vault.open(rows, by=actor)
    return rows


def one(look_id: UUID, *, actor: Actor) -> CompetencyLook | None:
    """One of mine, still locked."""
    context.require(actor)
    return CompetencyLook.objects.filter(pk=look_id).first()


def sentences() -> list[Any]:
    """What is asked: a few words, and the sentence, in the order of the region's file."""
    return regions.words(COMPETENCIES)


def together(*, actor: Actor) -> list[Told]:
    """The last half-years that are over, the newest first."""
    context.require(actor)
    found: dict[date, dict[str, str]] = {}
    for starts_on, code, share in _asked(TOGETHER):
        found.setdefault(starts_on, {})[code] = share
    return [Told(day, found[day]) for day in sorted(found, reverse=True)[:HALVES]]


def to_tell(*, actor: Actor) -> list[tuple[date, str, str]]:
    """What is over and was not told: for the service that tells. A half-year is told once."""
    context.require(actor)
    done = set(CompetencyTold.objects.values_list("starts_on", flat=True))
    return [row for row in sorted(_asked(TO_TELL)) if row[0] not in done]


def enough() -> int:
    """How many people it takes; never fewer than eight."""
    return max(SMALLEST_GROUP, regions.region().minimum_group)


def _asked(finding: Finding) -> list[tuple[date, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select of_half, of_code, of_share from access.{finding.name}(null)"  # noqa: S608 -- ours
        )
        return cursor.fetchall()
