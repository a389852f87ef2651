"""For which absence may she agree that somebody of a partner answers; and did she?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spheres.accounts import queries as accounts
from spheres.core.actor import Actor
from spheres.followup.consents.queries import Recipient, recipients
from spheres.participants.models import Assignment
from spheres.sharing import queries as sharing


@dataclass(frozen=True)
class Absence:
    """Somebody of a partner answers for whoever is away, from a moment to a moment."""

    id: UUID
    away: str
    who: Recipient
    is_there: bool  # whoever was named still works there
    starts_at: datetime
    ends_at: datetime


def absence(file_id: UUID, cover_id: UUID, *, actor: Actor, at: datetime) -> Absence | None:
    """One absence of somebody who walks with her, that a partner answers, until it is over."""
    named = sharing.covers(actor=actor).not_over(at).exclude(elsewhere_id=None)
    cover = named.filter(pk=cover_id).first()
    if cover is None or cover.elsewhere_id is None:
        return None
    beside = Assignment.objects.filter(
        file_id=file_id, user_id=cover.for_user_id, starts_at__lte=at
    ).exclude(ends_at__lte=at)
    if not beside.exists():
        return None
    who = Recipient(cover.elsewhere_id, "", cover.user_id)
    there = {one.id: one for one in recipients(actor=actor)}.get(who.id)
    away = accounts.names_of([cover.for_user_id]).get(cover.for_user_id, "")
    is_there = there is not None
    return Absence(cover.pk, away, there or who, is_there, cover.starts_at, cover.ends_at)


def agrees_to(file_id: UUID, cover_id: UUID, *, actor: Actor, at: datetime) -> bool:
    """Whether she has agreed already to be answered during this absence."""
    said = sharing.consents(actor=actor).filter(file_id=file_id, cover_id=cover_id)
    return said.filter(over_at__gt=at).exists()
