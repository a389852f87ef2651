"""What does a round of five thousand answers cost: to be counted once, and to be read?

A round that is over, with its sheets under lock, which is counted and left as it was; and one that
was told, whose page is asked like any other.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from spheres.accounts.models import Role
from spheres.config import cluster
from spheres.config.bench import world
from spheres.core import context
from spheres.core.actor import Actor
from spheres.partners.rounds import actions, queries
from spheres.partners.rounds.models import STEPS
from spheres.vault.models import Kind

ANSWERS: Final = 5_000
TABLES: Final = (
    "rounds_reflectionround", "rounds_sheet", "rounds_given", "rounds_outcome", "vault_datakey",
)  # fmt: skip
OVER, TOLD = world.number("round", 0), world.number("round", 1)
LOUISE = Actor(world.number("user", -1), world.INSTITUTE, frozenset({Role.COORDINATOR}))


def fill(url: str) -> None:
    """Both rounds ask the first set of the region, of two organisations in equal parts."""
    with psycopg.connect(url, autocommit=True) as owner:
        for table in TABLES:
            owner.execute(f"alter table {table} disable row level security")
        asks = owner.execute(
            "select id, definition from rounds_questionset order by position limit 1"
        ).fetchone()
        assert asks is not None
        codes = [one["code"] for one in asks[1]["questions"]]
        safe = world.Safe(OVER, Kind.COMMITTEE)
        world.copy_all(owner, "vault_datakey", [safe.row()])
        world.copy_all(owner, "rounds_reflectionround", rounds(asks[0]))
        world.copy_all(owner, "rounds_sheet", sheets(safe, codes))
        world.copy_all(
            owner, "rounds_given",
            ({"id": world.number("given", n), "round_id": OVER} for n in range(ANSWERS)),
        )  # fmt: skip
        world.copy_all(owner, "rounds_outcome", outcomes(codes))
        for table in TABLES:
            owner.execute(f"alter table {table} enable row level security")
            owner.execute(f"alter table {table} force row level security")


def rounds(asks: UUID) -> Iterator[dict[str, Any]]:
    both = [world.ORGANISATION, world.INSTITUTE]
    for round_id, days in ((OVER, 30), (TOLD, 400)):
        ended = world.NOW - timedelta(days=days)
        is_told = round_id == TOLD
        yield {
            "id": round_id, "asks_id": asks, "organisations": both, "places": both, "occasion": "",
            "opened_by": LOUISE.user_id, "opened_at": ended - timedelta(days=21), "ends_at": ended,
            "counted_by": LOUISE.user_id if is_told else None,
            "counted_at": ended if is_told else None, "answers": ANSWERS if is_told else None,
            "settled_by": LOUISE.user_id if is_told else None,
            "settled_at": ended if is_told else None,
        }  # fmt: skip


def sheets(safe: world.Safe, codes: list[str]) -> Iterator[dict[str, Any]]:
    for rank in range(ANSWERS):
        of = (world.ORGANISATION, world.INSTITUTE)[rank % 2]
        said = {"of": str(of), "steps": {code: rank % 5 + 1 for code in codes}, "remarks": {}}
        row_id = world.number("sheet", rank)
        locked = safe.lock(json.dumps(said), "rounds_sheet", "said", row_id)
        yield {"id": row_id, "round_id": OVER, "said": locked}


def outcomes(codes: list[str]) -> Iterator[dict[str, Any]]:
    for code in codes:
        for step in STEPS:
            yield {
                "id": world.number(f"outcome {code}", step), "round_id": TOLD, "question": code,
                "step": step, "number": ANSWERS // len(STEPS),
            }  # fmt: skip


def told_path() -> str:
    return f"/rounds/{TOLD}/"


def measure(database: cluster.Cluster) -> tuple[float, int]:
    """Seconds and statements to count the round that is over; it is left uncounted."""
    from spheres.config.bench.run import django_on

    with django_on(database.app_url), context.unit_of_work(LOUISE), transaction.atomic():
        of = queries.find(OVER, actor=LOUISE)
        assert of is not None
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            actions.count(of, by=LOUISE, at=context.moment())
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    connection.close()
    return took, len(asked)
