"""What was said last of who she is?"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.identity.models import Belonging
from spheres.participants.models import Identity


def identities(file_id: UUID, *, actor: Actor) -> QuerySet[Identity]:
    """What she said of herself, the newest first, still locked."""
    context.require(actor)
    return Identity.objects.filter(file_id=file_id).order_by("-written_at", "pk")


def belongings(file_id: UUID, *, actor: Actor) -> QuerySet[Belonging]:
    """What she said of her nations, the newest first, still locked."""
    context.require(actor)
    return Belonging.objects.filter(file_id=file_id).order_by("-written_at", "pk")
