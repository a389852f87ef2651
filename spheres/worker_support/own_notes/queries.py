"""How are one's own notes found, and when does one leave?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from spheres.accounts.models import Membership
from spheres.core import context
from spheres.core.actor import Actor
from spheres.vault import actions as vault
from spheres.worker_support.own_notes.models import OwnNote

SHOWN = 20


def newest(*, actor: Actor, most: int | None = SHOWN) -> list[OwnNote]:
    """My own notes, opened, the newest first; one more than `most`, still locked, when there is."""
    context.require(actor)
    rows = list(OwnNote.objects.order_by("-written_at", "pk")[: most and most + 1])
    vault.open(rows[:most], by=actor)
    return rows


def number(*, actor: Actor) -> int:
    """How many I keep."""
    context.require(actor)
    return OwnNote.objects.count()


def note(note_id: UUID, *, actor: Actor) -> OwnNote | None:
    """One of mine, still locked."""
    context.require(actor)
    return OwnNote.objects.filter(pk=note_id).first()


def ends_at(*, actor: Actor, at: datetime) -> datetime | None:
    """When my access to this organisation ends, if it is known."""
    context.require(actor)
    ends = list(
        Membership.objects.filter(
            user_id=actor.user_id, organisation_id=actor.organisation_id, starts_at__lte=at
        )
        .exclude(ends_at__lte=at)
        .order_by("pk")
        .values_list("ends_at", flat=True)
    )
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None
