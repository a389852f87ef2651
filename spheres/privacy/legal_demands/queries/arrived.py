"""Which demands arrived, to whom were they shown, and what waits at the desk?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from spheres.accounts import queries as accounts
from spheres.core import context
from spheres.core.actor import Actor
from spheres.privacy.legal_demands.models import Demand, DemandEnd, Matter, Shown
from spheres.privacy.legal_demands.queries.answered import Answered, Clock, clock_of
from spheres.sharing.models import Hold, Seat

A_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Arrived:
    """One demand as it arrived, where it went, and to whom it was shown."""

    row: Demand
    matters: list[Answered]
    end: DemandEnd | None
    shown_to: list[str]
    received_by: str

    @property
    def waits(self) -> bool:
        """Nobody has said whom it concerns, and nobody has answered it."""
        return self.end is None and not self.matters

    @property
    def is_open(self) -> bool:
        """Ended as nobody’s, and linked since by somebody who was not there: it is open again."""
        return self.waits or any(matter.is_open for matter in self.matters)

    @property
    def clock(self) -> Clock | None:
        return clock_of(self.row.due_on)


def arrived(*, actor: Actor) -> list[Arrived]:
    """All of the organisation, those that wait first, the nearest day first; still locked."""
    context.require(actor)
    found = _arrived(Demand.objects.order_by("received_on", "pk"), actor=actor)
    return sorted(found, key=lambda one: (not one.is_open, one.row.due_on or date.max))


def demand(demand_id: UUID, *, actor: Actor) -> Arrived | None:
    context.require(actor)
    return next(iter(_arrived(Demand.objects.filter(pk=demand_id), actor=actor)), None)


def _arrived(rows: QuerySet[Demand], *, actor: Actor) -> list[Arrived]:
    found = list(rows.order_by("received_on", "pk"))
    ids = [row.pk for row in found]
    if not ids:
        return []
    matters = Matter.objects.filter(demand_id__in=ids).select_related("standing")
    answered = [
        Answered(row, row.standing, actor_id=actor.user_id)
        for row in matters.order_by("linked_at", "pk")
    ]
    ends = {one.pk: one for one in DemandEnd.objects.filter(pk__in=ids)}
    shown = list(Shown.objects.filter(demand_id__in=ids).order_by("written_at", "pk"))
    names = accounts.names_of({one.to_user_id for one in shown} | {r.written_by for r in found})
    return [
        Arrived(
            row,
            [one for one in answered if one.row.demand_id == row.pk],
            ends.get(row.pk),
            [names.get(one.to_user_id, "") for one in shown if one.demand_id == row.pk],
            names.get(row.written_by, ""),
        )
        for row in found
    ]


def seats(*, actor: Actor, at: datetime) -> list[Seat]:
    """The matters at which this actor sits now: identifiers, no name, no word."""
    context.require(actor)
    live = Seat.objects.filter(
        user_id=actor.user_id, kind=Seat.Kind.DEMAND, ended_at=None, starts_at__lte=at,
        ends_at__gt=at,
    )  # fmt: skip
    return list(live.order_by("given_at", "pk"))


def shown_to_me(*, actor: Actor, at: datetime) -> QuerySet[Shown]:
    """The demands of the week that a colleague in charge of privacy showed me."""
    context.require(actor)
    mine = Shown.objects.filter(to_user_id=actor.user_id, written_at__gt=at - A_WEEK)
    return mine.order_by("received_on", "pk")


def hold(matter_id: UUID, *, actor: Actor) -> Hold | None:
    """The hold of one matter, as far as one knows of it."""
    context.require(actor)
    return Hold.objects.filter(pk=matter_id).first()
