"""What does it cost to bring in ten thousand past trainings, and to look at lists of them?

A year of lists stands on the page of the coordination; one more, of ten thousand lines, is sent,
looked at, brought in and undone, by the very actions of the site, on one connection of the role
that serves.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final
from uuid import uuid4

from spheres.accounts.models import Role
from spheres.config import cluster
from spheres.config.bench import world
from spheres.core import clock, context
from spheres.core.actor import Actor, service
from spheres.training.brought_in import actions, queries
from spheres.training.brought_in.actions import Answers
from spheres.training.brought_in.models import PastList

LINES: Final = 10_000
LISTS: Final = 50
TABLE: Final = "brought_in_pastlist"
HEADER: Final = "nom;courriel;organisme;milieu;thème;date;heures;genre;région"
LOUISE: Final = Actor(world.number("user", -1), world.INSTITUTE, frozenset({Role.COORDINATOR}))
SERVICE: Final = service("past_trainings")


def fill(url: str) -> None:
    """Fifty lists that were brought in, each with what is wrong on three of its lines."""
    with world.connect(url) as owner:
        owner.execute(f"alter table {TABLE} disable row level security")
        world.copy_all(owner, TABLE, lists())
        owner.execute(f"alter table {TABLE} enable row level security")
        owner.execute(f"alter table {TABLE} force row level security")


def lists() -> Iterator[dict[str, Any]]:
    louise = LOUISE.user_id
    for rank in range(LISTS):
        at = clock.now() - timedelta(days=rank)
        yield {
            "id": world.number("past list", rank), "digest": f"{rank:064}", "size": 200,
            "faults": [[3, "taken_on", "NO_DAY"], [5, "topic", "NO_TOPIC"], [9, "name", "EMPTY"]],
            "organisation_id": world.INSTITUTE, "lines": 197, "reached": 200, "done": 197,
            "added": 197, "read_by": louise, "read_at": at, "moved_at": at, "status": "BROUGHT",
            "status_by": louise, "status_at": at,
        }  # fmt: skip


def ten_thousand(topic: str) -> bytes:
    """A thousand people, ten trainings each."""
    first = date(2020, 1, 1)
    lines = (
        f"Personne {rank // 10};p{rank // 10}@ecole.example;École {rank % 40};school;{topic};"
        f"{first + timedelta(days=rank % 10 * 90)};3;;06"
        for rank in range(LINES)
    )
    return "\n".join((HEADER, *lines)).encode()


def measure(database: cluster.Cluster) -> tuple[float, float, float, float]:
    """Seconds: ten thousand lines understood, looked at, brought in, undone."""
    from spheres.config.bench.run import django_on

    list_id, took = uuid4(), []
    with django_on(database.app_url):
        with context.unit_of_work(LOUISE):
            (topic, *_others) = sorted(queries.known(actor=LOUISE, on=clock.today()).kinds_of)
        for part in (
            lambda: actions.read(
                list_id, ten_thousand(topic), by=LOUISE, at=clock.now(), on=clock.today()
            ),
            lambda: queries.looked(PastList.objects.get(pk=list_id), actor=LOUISE),
            lambda: actions.bring_in(list_id, Answers(), by=LOUISE, at=clock.now()),
            lambda: actions.undo(list_id, by=LOUISE, at=clock.now()),
        ):
            began = time.perf_counter()
            with context.unit_of_work(LOUISE), clock.at(context.moment()):
                part()
            _go_on(list_id)
            took.append(time.perf_counter() - began)
    understood, looked, brought, undone = took
    return understood, looked, brought, undone


def _go_on(list_id: Any) -> None:
    """What the queue does, one job after the other."""
    is_more = True
    while is_more:
        with context.unit_of_work(SERVICE), clock.at(context.moment()):
            is_more = actions.go_on(list_id, by=SERVICE, at=context.moment())
