"""Which work waits, what would a reload change, when was the journal sealed? Nothing of what is in
them: names, numbers, hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection

from spheres.audit.models import Checkpoint
from spheres.core import context
from spheres.core.actor import Actor, service
from spheres.regions import loading
from spheres.regions.loading import LOADER
from spheres.regions.reading import Refused
from spheres.regions.registry import Change

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


SEALER: Final = service("sealer")
SEALS: Final = 10


@dataclass(frozen=True)
class Reload:
    """What loading the region’s folder anew would do: its faults, or what would change, by file."""

    slug: str
    since: datetime
    is_demo: bool
    is_there: bool  # whether this machine has its folder
    fingerprint: str = ""
    is_loaded: bool = False
    faults: tuple[str, ...] = ()
    changes: tuple[tuple[str, tuple[Change, ...]], ...] = ()

    @property
    def place(self) -> str:
        return f"regions/{self.slug}"


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


def reload(*, actor: Actor, at: datetime) -> Reload:
    """Of the folder that stands on this machine; nothing is written."""
    context.require(actor)
    with context.acting_as(LOADER):
        region = loading.standing(by=LOADER)
        assert region is not None
        folder = settings.ROOT / "regions" / region.slug
        known = Reload(region.slug, region.loaded_at, region.is_demo, folder.is_dir())
        if not known.is_there:
            return known
        mark = loading.fingerprint_of(folder)
        known = replace(known, fingerprint=mark, is_loaded=mark == region.fingerprint)
        if known.is_loaded:
            return known
        try:
            planned = loading.plan(loading.check(folder), by=LOADER, at=at)
        except Refused as refusal:
            return replace(known, faults=tuple(str(fault) for fault in refusal.faults))
    changes = tuple(
        (f"{section.title} ({section.file})", tuple(found)) for section, found in planned if found
    )
    return replace(known, changes=changes)


def seals(*, actor: Actor) -> list[Checkpoint]:
    """The newest photographs of the journal: when, how many chains and events; nothing of them."""
    context.require(actor)
    with context.acting_as(SEALER):
        return list(Checkpoint.objects.order_by("-number")[:SEALS])
