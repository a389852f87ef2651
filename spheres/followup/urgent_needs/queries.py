"""How are urgent needs found?"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.urgent_needs.models import (
    OPEN,
    Answer,
    Outcome,
    UrgentNeed,
    UrgentNeedStatus,
)

MOST = 20  # on one day's page


def of_file(file_id: UUID, *, actor: Actor) -> QuerySet[UrgentNeed]:
    """Those of one file that the database lets this actor read, newest first."""
    context.require(actor)
    return (
        UrgentNeed.objects.select_related("standing", "answer")
        .filter(file_id=file_id)
        .order_by("-occurred_at", "pk")
    )


def still_open(*, actor: Actor) -> list[Answer]:
    """What waits today in the files of this actor, the oldest first: nothing is opened."""
    context.require(actor)
    return list(
        Answer.objects.select_related("need")
        .filter(status__in=OPEN, need__standing__status=UrgentNeedStatus.Status.SIGNED)
        .order_by("need__occurred_at", "pk")[:MOST]
    )


def outcomes(record_id: UUID, *, actor: Actor) -> QuerySet[Outcome]:
    """What came of one need, each time it was said, the newest first; still locked."""
    context.require(actor)
    return Outcome.objects.filter(need_id=record_id).order_by("-written_at", "pk")


def lock(record_id: UUID, *, actor: Actor) -> UrgentNeedStatus:
    """Where one record stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(UrgentNeedStatus.objects.filter(pk=record_id))


def lock_answer(record_id: UUID, *, actor: Actor) -> Answer:
    """Where one need stands, held until the transaction ends. WrongState when out of reach."""
    context.require(actor)
    return states.lock(Answer.objects.filter(pk=record_id))
