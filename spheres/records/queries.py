"""How are drafts found?"""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context
from spheres.core.actor import Actor
from spheres.records.models import Draft


def drafts(*, actor: Actor) -> QuerySet[Draft]:
    """The actor's own drafts, newest first."""
    context.require(actor)
    return Draft.objects.order_by("-saved_at", "pk")


def drafts_of(file_id: UUID, *, actor: Actor) -> QuerySet[Draft]:
    """The actor's own drafts in one file, newest first."""
    return drafts(actor=actor).filter(file_id=file_id)
