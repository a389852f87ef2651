"""What was decided at a committee, and what did each take on?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.partners.committees.models import Decided, Promise, PromiseStatus
from spheres.partners.committees.queries.sitting import called, place_of
from spheres.records.between import places
from spheres.regions.models import Committee
from spheres.vault import actions as vault

A_YEAR: Final = timedelta(days=365)
TAKEN_ON: Final = "taken on at a committee"
# Of what I took on for the organisation acted for, and did not do: what is due within a week.
TAKEN_ON_SOON: Final = f"""
select json_build_object('id', s.id, 'committee_id', p.committee_id, 'due_on', s.due_on)
from committees_promisestatus s join committees_promise p on p.id = s.id
where s.owner_id = %(user)s and p.organisation_id = %(here)s and s.status <> 'KEPT'
  and s.due_on <= (%(at)s at time zone '{settings.TIME_ZONE}')::date + 7"""  # noqa: S608 -- ours


@dataclass(frozen=True)
class Owed:
    """Something somebody took on."""

    promise: Promise
    status: PromiseStatus
    owner: str
    organisation: str


def promise_exists(promise_id: UUID, *, actor: Actor) -> bool:
    context.require(actor)
    return PromiseStatus.objects.filter(pk=promise_id).exists()


def promises(*, actor: Actor) -> list[Owed]:
    """What was taken on and is not done. Opened."""
    context.require(actor)
    found = PromiseStatus.objects.exclude(status=PromiseStatus.Status.KEPT)
    return _owed(list(found.order_by("due_on", "pk")), actor=actor)


def register(committee_id: UUID, *, actor: Actor, at: datetime) -> list[Owed]:
    """All that was taken on at a committee in a year and that I may know of: what is to do first,
    the soonest first; then what is done, the newest first. Opened."""
    context.require(actor)
    lately = Promise.objects.filter(committee_id=committee_id, written_at__gt=at - A_YEAR)
    ids = list(lately.order_by("pk").values_list("pk", flat=True))
    found = PromiseStatus.objects.filter(pk__in=ids)
    kept = PromiseStatus.Status.KEPT
    to_do = list(found.exclude(status=kept).order_by("due_on", "pk"))
    return _owed([*to_do, *found.filter(status=kept).order_by("-status_at", "pk")], actor=actor)


def decided(committee_id: UUID, *, actor: Actor, at: datetime) -> list[Decided]:
    """What was decided at a committee in a year, the newest first. Opened."""
    context.require(actor)
    lately = Decided.objects.filter(committee_id=committee_id, written_at__gt=at - A_YEAR)
    rows = list(lately.order_by("-written_at", "pk"))
    vault.open(rows, by=actor)
    return rows


def _owed(standing_now: list[PromiseStatus], *, actor: Actor) -> list[Owed]:
    found: Any = Promise.objects.filter(pk__in=[one.pk for one in standing_now])
    rows = {row.pk: row for row in found.annotate(**called(person="owner_id"))}
    vault.open(list(rows.values()), by=actor)
    return [
        Owed(row, one, row.who or "", place_of(row))
        for one in standing_now
        if (row := rows.get(one.pk))
    ]


def taken_on(*, actor: Actor, at: datetime) -> list[tuple[date, str]]:
    """What I took on and is due within a week: for which day, at which committee; the soonest
    first. Its words stay where they are."""
    rows = places.rows_of_day(TAKEN_ON, actor=actor, at=at)
    if not rows:
        return []
    named = {str(one.pk): one.name for one in Committee.objects.order_by("pk")}
    found = [
        (date.fromisoformat(row["due_on"]), named.get(row["committee_id"], "")) for row in rows
    ]
    return sorted(found)


def lock_promise(promise_id: UUID, *, actor: Actor) -> PromiseStatus:
    context.require(actor)
    return states.lock(PromiseStatus.objects.filter(pk=promise_id))
