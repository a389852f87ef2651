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
ENDING: Final = f"""
select json_build_object('id', c.id, 'file_id', c.file_id, 'ends_at', c.ends_at,
  'purpose', c.purpose, 'name_fr', o.name_fr, 'name_en', o.name_en, 'person', u.name)
from sharing_consent c join accounts_organisation o on o.id = c.organisation_id
left join accounts_user u on u.id = c.user_id
where {LIVE} and c.cover_id is null and c.organisation_id <> %(here)s
  and c.file_id in ({participants.MY_FILES})
  and c.ends_at <= %(at)s + interval '{{days}} days'
order by c.ends_at, c.id limit {{most}}"""  # noqa: S608 -- every name is ours
SOON_OVER: Final = ENDING.format(days=policy.SOON.days, most=20)
MOST: Final = 500


@dataclass(frozen=True)
class Ending:
    """One thing that one of my people shares, and that ends soon."""

    id: UUID
    file_id: UUID
    name: str
    who: str
    purpose: str
    until: date


def soon(*, actor: Actor, at: datetime) -> tuple[list[Ending], list[Ending]]:
    """Within seven days, then within thirty, the first to end first; names in one list event."""
    context.require(actor)
    asked: dict[str, Any] = {"here": actor.organisation_id, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(ENDING.format(days=policy.LISTED.days, most=MOST), asked)
        rows = [row for (row,) in cursor.fetchall()]
    names = dict(participants.names({UUID(row["file_id"]) for row in rows}, actor=actor))
    name = "name_en" if get_language() == "en" else "name_fr"
    week: list[Ending] = []
    month: list[Ending] = []
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
        (week if ends_at <= at + policy.THIS_WEEK else month).append(one)
    return week, month
