"""What came from the street, and waits to be placed? For its author alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.followup.street.models import Entry
from spheres.followup.street.typed import EVENT, Typed
from spheres.records.between import outdoors
from spheres.vault import street
from spheres.vault.cipher import Sealed


@dataclass(frozen=True)
class Arrived:
    """One entry, opened; `typed` is None when no key opens it any more."""

    id: UUID
    received_at: datetime
    typed: Typed | None


def arrived(*, actor: Actor, only: UUID | None = None) -> list[Arrived]:
    """Mine, the oldest first, opened for me: told once in my own chain."""
    context.require(actor)
    rows = Entry.objects.filter(user_id=actor.user_id).order_by("received_at", "id")
    found = [_opened(row) for row in (rows.filter(pk=only) if only else rows)]
    if found:
        audit.record("street.opened", by=actor, records=[one.id for one in found])
    return found


def begun(entry_id: UUID, *, actor: Actor) -> outdoors.Typed | None:
    """An event of mine, for the page where it is written down."""
    for one in arrived(actor=actor, only=entry_id):
        if one.typed is not None and one.typed.kind == EVENT:
            return outdoors.Typed(one.id, one.typed.fields())
    return None


def waiting(*, actor: Actor) -> int:
    context.require(actor)
    return Entry.objects.filter(user_id=actor.user_id).count()


def _opened(row: Entry) -> Arrived:
    try:
        text = street.open_sealed(bytes(row.sealed), device_id=row.device_id, entry_id=row.id)
        typed = Typed.read(text, received_at=row.received_at)
    except (Sealed, ValueError):
        typed = None
    return Arrived(row.id, row.received_at, typed)
