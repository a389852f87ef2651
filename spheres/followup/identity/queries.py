"""What was said last of who she is?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.identity.models import Belonging
from spheres.participants import queries as participants
from spheres.participants.models import Identity


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
