"""What that my people share ends soon, to be said anew with each of them, if they wish?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.consents import policy
from spheres.followup.consents.queries import LIVE
from spheres.participants import queries as participants
from spheres.regions import queries as regions

# On my day: what soon ends, of my people. Of an absence, it ends with it.
ENDS_SOON: Final = "shared, ending soon"
ENDED: Final = """(c.withdrawn_at is null and c.ends_at <= %(at)s
  and c.ends_at > %(at)s - interval '{lately} days'
  and c.organisation_id = any((select access.recipients())::uuid[])
  and not exists (select from sharing_consent n where n.renews_id = c.id))"""
ENDING: Final = """
select json_build_object('id', c.id, 'file_id', c.file_id, 'ends_at', c.ends_at,
  'purpose', c.purpose, 'name_fr', o.name_fr, 'name_en', o.name_en, 'person', u.name)
from sharing_consent c join accounts_organisation o on o.id = c.organisation_id
left join accounts_user u on u.id = c.user_id
where ({which}) and c.cover_id is null and c.organisation_id <> %(here)s
  and c.file_id in ({mine})
  and c.ends_at <= %(at)s + interval '{days} days'
order by c.ends_at, c.id limit {most}"""
# At the desk, of one's own organisation: numbers alone (`access.sharing_ends`).
AT_DESK: Final = "shared, ending soon, in numbers"
NUMBERS: Final = """
select json_build_object('tonight', e.tonight, 'week', e.in_week, 'month', e.in_month)
from access.sharing_ends() e"""
MOST: Final = 500
WITHIN: Final = {"mine": participants.MY_FILES, "days": policy.LISTED.days}
SOON_OVER: Final = ENDING.format(which=LIVE, most=20, **WITHIN)
LISTED: Final = ENDING.format(
    which=f"({LIVE}) or {ENDED.format(lately=policy.LATELY.days)}", most=MOST, **WITHIN
)


@dataclass(frozen=True)
class Ending:
    """One thing that one of my people shares, and that ends soon."""

    id: UUID
    file_id: UUID
    name: str
    who: str
    purpose: str
    until: date


@dataclass(frozen=True)
class Listed:
    """What ended lately and was not said anew; what ends within seven days, then within thirty."""

    over: list[Ending]
    week: list[Ending]
    month: list[Ending]


def soon(*, actor: Actor, at: datetime) -> Listed:
    """The first to end first; names in one list event."""
    context.require(actor)
    asked: dict[str, Any] = {"here": actor.organisation_id, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(LISTED, asked)
        rows = [row for (row,) in cursor.fetchall()]
    names = dict(participants.names({UUID(row["file_id"]) for row in rows}, actor=actor))
    name = "name_en" if get_language() == "en" else "name_fr"
    found = Listed([], [], [])
    for row in rows:
        file_id, ends_at = UUID(row["file_id"]), datetime.fromisoformat(row["ends_at"])
        if file_id not in names:
            continue
        one = Ending(
            UUID(row["id"]),
            file_id,
            names[file_id],
            f"{row[name]} · {row['person']}" if row["person"] else row[name],
            regions.label("sharing_purposes", row["purpose"]),
            clock.day_of(ends_at - timedelta(microseconds=1)),
        )
        if ends_at <= at:
            found.over.append(one)
        else:
            (found.week if ends_at <= at + policy.THIS_WEEK else found.month).append(one)
    return found
