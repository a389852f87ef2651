"""Which work waits, runs, stopped or was done? Names, numbers and hours; never what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from spheres.core import context
from spheres.core.actor import Actor

MOST: Final = 50  # of those that stopped, the newest
LATE: Final = timedelta(minutes=15)  # the worker looks every few seconds
BY_NAME: Final = """
select j.task_name,
  count(*) filter (where j.status = 'todo' and coalesce(j.scheduled_at <= %(at)s, true)),
  count(*) filter (where j.status = 'doing'),
  count(*) filter (where j.status = 'failed'),
  min(coalesce(j.scheduled_at, e.deferred_at)) filter (
    where j.status = 'todo' and coalesce(j.scheduled_at <= %(at)s, true)),
  max(e.done_at)
from procrastinate_jobs j
left join lateral (
  select max(v.at) filter (where v.type = 'deferred') as deferred_at,
    max(v.at) filter (where v.type = 'succeeded') as done_at
  from procrastinate_events v where v.job_id = j.id) e on true
group by j.task_name order by j.task_name"""
STOPPED: Final = """
select j.id, j.task_name, j.attempts, max(v.at)
from procrastinate_jobs j
left join procrastinate_events v on v.job_id = j.id and v.type = 'failed'
where j.status = 'failed'
group by j.id order by max(v.at) desc nulls last, j.id desc limit %(most)s"""


@dataclass(frozen=True)
class Work:
    """One kind of work: how many wait, run and stopped; since when the first waits; when one was
    done last."""

    name: str
    waiting: int
    running: int
    stopped: int
    since: datetime | None
    done_at: datetime | None

    def is_late(self, *, at: datetime) -> bool:
        return self.since is not None and at - self.since > LATE


@dataclass(frozen=True)
class Stopped:
    """One that stopped, and did not begin again by itself."""

    number: int
    name: str
    attempts: int
    at: datetime | None

    @property
    def number_words(self) -> str:
        return str(self.number)


def works(*, actor: Actor, at: datetime) -> list[Work]:
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(BY_NAME, {"at": at})
        return [Work(*row) for row in cursor.fetchall()]


def stopped(*, actor: Actor) -> list[Stopped]:
    """The newest first."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(STOPPED, {"most": MOST})
        return [Stopped(*row) for row in cursor.fetchall()]
