"""What is done with the answer of whoever refers? It is kept among those of its quarter."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.outreach.heard.models import Heard


@transaction.atomic
def say(how: str, *, desk: UUID, by: Actor, at: datetime) -> None:
    """Of nobody and of no referral: its number is drawn, and no event tells it."""
    context.require(by)
    day = clock.day_of(at)
    quarter = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    Heard.objects.bulk_create([Heard(id=uuid4(), organisation_id=desk, starts_on=quarter, how=how)])
