"""What can be done with the offer of a year? Add a line to it; take one out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.training.offer import policy
from spheres.training.offer.models import Offered


@dataclass(frozen=True)
class Said:
    """A topic, a month, a place, a language."""

    id: UUID
    year: int
    month: int
    topic: str
    place: str
    language: str


@transaction.atomic
def offer(said: Said, *, by: Actor, at: datetime) -> bool:
    """Add a line; False when the same stands already."""
    policy.can_draw_up(by).or_raise()
    row = Offered(
        id=said.id,
        year=said.year,
        month=said.month,
        topic=said.topic,
        place=said.place,
        language=said.language,
        written_by=by.user_id,
        written_at=at,
    )
    try:
        is_new = create_once(row)
    except IntegrityError:
        return False
    if is_new:
        audit.record("training.offered", by=by, records=[row.pk])
    return True


@transaction.atomic
def take_out(row: Offered, *, by: Actor, at: datetime) -> None:
    """Take a line out of the offer; it stays on record."""
    policy.can_draw_up(by).or_raise()
    still = Offered.objects.filter(pk=row.pk, withdrawn_at=None)
    if still.update(withdrawn_by=by.user_id, withdrawn_at=at):
        audit.record("training.taken_out", by=by, records=[row.pk])
