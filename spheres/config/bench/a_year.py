"""What does a year of five hundred meetings, and of five thousand answers, cost their pages?

Added to the copy of a world that is measured: the coordinator of the bench chairs, and its first
worker sits, on every committee of the region; twenty reflection rounds asked everybody.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import psycopg

from spheres.config.bench import world

MEETINGS: Final = 500
TABLES: Final = ("sharing_committeemember", "sharing_committeemeeting")
ANSWERS: Final = 5_000
ROUNDS: Final = 20
OF_ROUNDS: Final = (
    "rounds_reflectionround", "rounds_given", "rounds_sheet", "rounds_outcome",
)  # fmt: skip
OF_REGION: Final = ("regions_committee", "rounds_questionset")  # read here, and left as they are
A_YEAR: Final = timedelta(days=365)
A_DAY: Final = timedelta(days=1)


def fill(url: str) -> None:
    """Half of them were held, half are to come; as the owner of the database."""
    chair, worker, now = world.number("user", -1), world.number("user", 0), datetime.now(UTC)
    with world.connect(url) as owner:
        for table in (*TABLES, *OF_REGION):
            owner.execute(f"alter table {table} disable row level security")
        found = owner.execute("select id from regions_committee order by position, id").fetchall()
        committees = [key for (key,) in found]
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
        _answer(owner, now)
        for table in (*TABLES, *OF_REGION):
            owner.execute(f"alter table {table} enable row level security")
            owner.execute(f"alter table {table} force row level security")


def told_round() -> UUID:
    """One whose figures are told."""
    return world.number("round", 0)


def _answer(owner: psycopg.Connection[Any], now: datetime) -> None:
    """Half of the rounds are told, and only figures are left of them; of the others, over and not
    told yet, every answer stands."""
    asked = owner.execute("select id, definition from rounds_questionset order by position, id")
    sets = asked.fetchall()
    each = ANSWERS // ROUNDS
    over = [now - A_YEAR * (rank + 1) / (ROUNDS + 1) for rank in range(ROUNDS)]
    for table in OF_ROUNDS:
        owner.execute(f"alter table {table} disable row level security")
    world.copy_all(owner, OF_ROUNDS[0], (
        {
            "id": world.number("round", rank), "asks_id": sets[rank % len(sets)][0],
            "organisations": [world.ORGANISATION, world.INSTITUTE],
            "places": [world.ORGANISATION, world.INSTITUTE], "occasion": "",
            "opened_by": world.number("user", -1), "opened_at": at - 21 * A_DAY, "ends_at": at,
            "counted_by": world.number("user", -1) if is_told else None,
            "counted_at": at if is_told else None, "answers": each if is_told else None,
            "settled_by": world.number("user", -1) if is_told else None,
            "settled_at": at if is_told else None,
        }
        for rank, at in enumerate(over)
        for is_told in [rank % 2 == 0]
    ))  # fmt: skip
    for table in OF_ROUNDS[1:3]:
        said = {"said": b"locked"} if table == OF_ROUNDS[2] else {}
        world.copy_all(owner, table, (
            {
                "id": world.number(table, rank * each + answer),
                "round_id": world.number("round", rank), **said,
            }
            for rank in range(1, ROUNDS, 2)
            for answer in range(each)
        ))  # fmt: skip
    world.copy_all(owner, OF_ROUNDS[3], (
        {
            "id": world.number(f"outcome {rank} {question['code']}", step),
            "round_id": world.number("round", rank), "question": question["code"], "step": step,
            "number": each // 5,
        }
        for rank in range(0, ROUNDS, 2)
        for question in sets[rank % len(sets)][1]["questions"]
        for step in range(1, 6)
    ))  # fmt: skip
    for table in OF_ROUNDS:
        owner.execute(f"alter table {table} enable row level security")
        owner.execute(f"alter table {table} force row level security")
