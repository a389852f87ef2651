"""How is what I answered found, and did I just live through something hard?"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from spheres.core import context
from spheres.core.actor import Actor
from spheres.records.between import hard_moments, places
from spheres.vault import actions as vault
from spheres.worker_support.wellbeing.models import CheckIn

SHOWN: Final = 12
AFTER: Final = "what was hard, for oneself"


def newest(*, actor: Actor) -> list[CheckIn]:
    """My last answers, opened, the newest first."""
    context.require(actor)
    rows = list(CheckIn.objects.order_by("-written_at", "pk")[:SHOWN])
    vault.open(rows, by=actor)
    return rows


def number(*, actor: Actor) -> int:
    """How many times I answered, in a year."""
    context.require(actor)
    return CheckIn.objects.count()


def one(check_in_id: UUID, *, actor: Actor) -> CheckIn | None:
    """One of mine, still locked."""
    context.require(actor)
    return CheckIn.objects.filter(pk=check_in_id).first()


def after() -> str:
    """SQL asked with my day: since when something hard is behind me, while I have not answered."""
    return f"""
select json_build_object('at', max(h.at)) from ({hard_moments.of_whoever_acts()}) h
where h.at > %(at)s::timestamptz - interval '7 days' and h.at > coalesce((
  select max(c.written_at) from wellbeing_checkin c), '-infinity')
having max(h.at) is not null"""  # noqa: S608 -- every name is ours


def is_just_behind(*, actor: Actor, at: datetime) -> bool:
    """Whether something hard is just behind me."""
    return bool(places.rows_of_day(AFTER, actor=actor, at=at))
