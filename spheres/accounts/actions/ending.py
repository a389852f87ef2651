"""What ends a session before its time?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from spheres.accounts.models import Session
from spheres.accounts.sessions import doorkeeping


def end_all(user_id: UUID, *, why: Session.Ended, at: datetime) -> None:
    """End every session of a person, at once, wherever she is."""
    with doorkeeping():
        end(Session.objects.filter(user_id=user_id), why, at)


def end(sessions: QuerySet[Session], why: Session.Ended, at: datetime) -> None:
    """End those of these sessions that are open. In the doorkeeper's name."""
    sessions.filter(ends_at__gt=at).update(ends_at=at, ended_why=why)
