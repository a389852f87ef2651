"""What does a year of five hundred meetings cost the pages that show them?

Added to the copy of a world that is measured: the coordinator of the bench chairs, and its first
worker sits, on every committee of the region.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from spheres.config.bench import world

MEETINGS: Final = 500
TABLES: Final = ("sharing_committeemember", "sharing_committeemeeting")
A_YEAR: Final = timedelta(days=365)


def fill(url: str) -> None:
    """Half of them were held, half are to come; as the owner of the database."""
    chair, worker, now = world.number("user", -1), world.number("user", 0), datetime.now(UTC)
    with world.connect(url) as owner:
        found = owner.execute("select id from regions_committee order by position, id").fetchall()
        committees = [key for (key,) in found]
        for table in TABLES:
            owner.execute(f"alter table {table} disable row level security")
        since = now - A_YEAR
        world.copy_all(owner, TABLES[0], (
            {
                "id": world.number(f"seat {committee}", rank), "committee_id": committee,
                "user_id": user, "organisation_id": place, "is_chair": user == chair,
                "starts_at": since, "named_by": chair, "named_at": since,
            }
            for committee in committees
            for rank, (user, place) in enumerate(
                ((chair, world.INSTITUTE), (worker, world.ORGANISATION))
            )
        ))  # fmt: skip
        world.copy_all(owner, TABLES[1], (
            {
                "id": world.number("sitting", rank),
                "committee_id": committees[rank % len(committees)],
                "held_on": at.date(), "starts_at": at, "ends_at": at + timedelta(hours=2),
                "place": "REMOTE", "called_by": chair, "called_at": since, "times_moved": 0,
            }
            for rank in range(MEETINGS)
            for at in [now + A_YEAR * (rank - MEETINGS // 2) / MEETINGS]
        ))  # fmt: skip
        for table in TABLES:
            owner.execute(f"alter table {table} enable row level security")
            owner.execute(f"alter table {table} force row level security")
