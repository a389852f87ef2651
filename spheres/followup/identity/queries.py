"""What was said last of who she is?"""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from django.db.models import QuerySet

from spheres.audit.models import Event
from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.identity.models import Belonging, SuggestedTraining
from spheres.participants import queries as participants
from spheres.participants.models import Identity
from spheres.ui import moments


def identities(file_id: UUID, *, actor: Actor) -> QuerySet[Identity]:
    """What she said of herself, the newest first, still locked."""
    context.require(actor)
    return Identity.objects.filter(file_id=file_id).order_by("-written_at", "pk")


def walks_with_her(file_id: UUID, *, actor: Actor, at: datetime) -> bool:
    """Whether this is written, and her nations opened, beside her: not for a while, nor by
    whoever answers for her worker."""
    mine = participants.walked_with(actor=actor, at=at)
    return mine.filter(file_id=file_id).exists()


def belongings(file_id: UUID, *, actor: Actor) -> QuerySet[Belonging]:
    """What she said of her nations, the newest first, still locked."""
    context.require(actor)
    return Belonging.objects.filter(file_id=file_id).order_by("-written_at", "pk")


OPENED = "belonging.opened"


def suggested(*, actor: Actor, at: datetime) -> list[SuggestedTraining]:
    """What the region suggests to whoever opens this: once a day, and never again that day.

    What she opened is already told in the journals of those who let her: nothing more is kept of
    what was suggested, read or taken.
    """
    context.require(actor)
    midnight = moments.moment_of(clock.day_of(at), time())
    today = Event.objects.filter(actor_id=actor.user_id, action=OPENED, at__gte=midnight)
    return [] if today.exists() else list(SuggestedTraining.objects.order_by("position", "pk"))
