"""What does each worker carry? Numbers alone: the database gives no identifier of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Organisation
from spheres.core import context
from spheres.core.actor import Actor
from spheres.sharing import counting
from spheres.ui.text import alphabetical

ACCOMPANIED = counting.Load(
    "accompanied",
    _("accompanied"),
    """(select count(distinct a.file_id) from participants_assignment a
      join participants_file f on f.id = a.file_id
      where a.user_id = {worker} and f.holder_id = {organisation} and a.starts_at <= {moment}
        and (a.ends_at is null or a.ends_at > {moment}))""",
    {
        "participants_assignment": ("file_id", "user_id", "starts_at", "ends_at"),
        "participants_file": ("id", "holder_id"),
    },
)


SMALLEST_TEAM: Final = 4


@dataclass(frozen=True)
class Worker:
    """What one worker carries: each thing that is counted, in the order of its registration."""

    name: str
    counts: list[tuple[Any, int]]


@dataclass(frozen=True)
class Spread:
    """How evenly one thing is carried in a team: the least, the middle and the most, of nobody."""

    label: Any
    least: int
    middle: int
    most: int


@dataclass(frozen=True)
class Then:
    """How many a team accompanied on the first day of a quarter, and by how many workers."""

    on: date
    accompanied: int
    workers: int


@dataclass(frozen=True)
class Team:
    """The workers of one organisation, in the order of their names."""

    organisation: str
    workers: list[Worker]
    then: list[Then]

    @property
    def spreads(self) -> list[Spread]:
        """None of a team so small that the three numbers would be three people."""
        if len(self.workers) < SMALLEST_TEAM:
            return []
        columns = zip(*(worker.counts for worker in self.workers), strict=True)
        return [
            Spread(of[0][0], min(numbers), median_low(numbers), max(numbers))
            for of in columns
            if (numbers := [number for _label, number in of])
        ]


def teams(*, actor: Actor) -> list[Team]:
    """Every worker the database counts for this actor, by organisation and by name.

    Never by a number, and no number is added to another: it would be a score.
    """
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select w.of_organisation, w.of_user, w.of_measure, w.counted, u.name "
            "from access.workload() w join accounts_user u on u.id = w.of_user"
        )
        rows = sorted(cursor.fetchall(), key=lambda row: (alphabetical(row[4]), row[1]))
    found: dict[UUID, dict[UUID, dict[str, Any]]] = {}
    for organisation_id, user_id, measure, number, name in rows:
        worker = found.setdefault(organisation_id, {}).setdefault(user_id, {"name": name})
        worker[measure] = number
    named = sorted(
        ((one.name, one.pk) for one in Organisation.objects.filter(pk__in=found)),
        key=lambda pair: (alphabetical(pair[0]), pair[1]),
    )
    loads = counting.LOADS.values()
    then = _then(actor=actor)
    return [
        Team(
            name,
            [
                Worker(worker["name"], [(load.label, worker[load.measure]) for load in loads])
                for worker in found[organisation_id].values()
            ],
            then.get(organisation_id, []),
        )
        for name, organisation_id in named
    ]


def _then(*, actor: Actor) -> dict[UUID, list[Then]]:
    """Of each organisation, the last four quarters, the oldest first."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select w.of_organisation, w.of_day, w.accompanied, w.workers "
            "from access.workload_then() w"
        )
        rows = sorted(cursor.fetchall())
    found: dict[UUID, list[Then]] = {}
    for organisation_id, on, accompanied, workers in rows:
        found.setdefault(organisation_id, []).append(Then(on, accompanied, workers))
    return found
