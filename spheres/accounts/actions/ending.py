"""What ends a session before its time?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from spheres.accounts import policy, queries
from spheres.accounts.models import Session, User
from spheres.accounts.sessions import doorkeeping
from spheres.audit import actions as audit
from spheres.core.actor import Actor


def end_sessions(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """End all that is open of a colleague, at once, on every device; the account stays hers.

    Which sessions there were, and on which devices, nobody else is told (ADR devices).
    """
    with doorkeeping():
        # A sign-in of this person waits: its session is ended here, or opens after.
        User.objects.select_for_update(of=("self",)).get(pk=user_id)
        standing = queries.standing_of(user_id, by.organisation_id, at)
        policy.can_end_sessions(by, user_id, standing).or_raise()
        end(Session.objects.filter(user_id=user_id), Session.Ended.ENDED, at)
    audit.record("sessions_ended", by=by, records=[user_id])


def end_all(user_id: UUID, *, why: Session.Ended, at: datetime) -> None:
    """End every session of a person, at once, wherever she is."""
    with doorkeeping():
        end(Session.objects.filter(user_id=user_id), why, at)


def end(sessions: QuerySet[Session], why: Session.Ended, at: datetime) -> None:
    """End those of these sessions that are open. In the doorkeeper's name."""
    sessions.filter(ends_at__gt=at).update(ends_at=at, ended_why=why)
