"""What would a quarter's figures cost if they were counted live, and what do they cost?

Both are asked on one connection of the role that serves: the counting function itself over a whole
quarter, as a report without roll-ups would, and the two questions of the page.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import psycopg
from django.db import connection

from spheres.accounts.models import Role
from spheres.config import cluster
from spheres.config.bench import world
from spheres.core import context
from spheres.core.actor import Actor, service
from spheres.evaluation.indicators import queries
from spheres.evaluation.indicators.definitions import INDICATORS, Indicator
from spheres.evaluation.indicators.models import Span

TABLE = "indicators_figure"
LIVE, ROLLED = 5, 50  # how often each is asked
START, END = date(2026, 7, 1), date(2026, 10, 1)
LOUISE = Actor(world.number("user", -1), world.INSTITUTE, frozenset({Role.COORDINATOR}))


def fill(url: str) -> None:
    """Ten years of published quarters, with every indicator, as the service leaves them."""
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(f"alter table {TABLE} disable row level security")
        world.copy_all(owner, TABLE, rows())
        owner.execute(f"alter table {TABLE} enable row level security")
        owner.execute(f"alter table {TABLE} force row level security")


def rows() -> Iterator[dict[str, Any]]:
    every = [(one, one.measure.value, kind) for one in INDICATORS.values() for kind in kinds(one)]
    for start in queries.starts(Span.QUARTER, date(2016, 10, 1), END):
        months = [(Span.MONTH, queries.later(start, place)) for place in range(3)]
        for span, day in ((Span.QUARTER, start), *months):
            for one, measured, kind in every:
                if span == Span.MONTH and one.shape.is_quarterly:
                    continue
                yield {
                    "id": world.number(f"{span} {day} {measured} {kind}", 0),
                    "span": span.value, "starts_on": day,
                    "measure": measured, "kind": kind, "number": 40, "version": one.version,
                }  # fmt: skip


def kinds(one: Indicator) -> list[str]:
    """Ten words of each vocabulary: the region of the bench has none."""
    if not one.shape.has_kinds:
        return [""]
    words = [f"kind{rank}" for rank in range(10)] if one.vocabulary else []
    return [*words, *(code for code, _words in one.choices)]


def measure(database: cluster.Cluster) -> tuple[float, float]:
    """Milliseconds: the live aggregate, and the same figures from roll-ups; medians."""
    from spheres.config.bench.run import django_on

    rollups = service("rollups")
    with django_on(database.app_url):
        live = median(LIVE, rollups, lambda: queries.counted(Span.MONTH, START, END, actor=rollups))
        rolled = median(ROLLED, LOUISE, page)
    return live, rolled


def page() -> None:
    """What the page asks."""
    within = queries.published(actor=LOUISE)
    if within is None:
        raise SystemExit("The world of the bench has no figures.")
    queries.quarter(within.last, within, actor=LOUISE)


def median(times: int, actor: Actor, ask: Callable[[], object]) -> float:
    took = []
    for _time in range(times):
        with context.unit_of_work(actor):
            began = time.perf_counter()
            ask()
            took.append((time.perf_counter() - began) * 1000)
    connection.close()
    return statistics.median(took)
