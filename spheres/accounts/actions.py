"""What opens, locks and ends a session?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from spheres.accounts.models import Session
from spheres.accounts.sessions import DOORKEEPER, SessionStore, doorkeeping, hash_of
from spheres.audit import actions as audit


def come_in(user_id: UUID, *, at: datetime, way: str) -> SessionStore:
    """Open a session for a person who has proved who she is; the caller sets its cookie."""
    session = SessionStore()
    session["_auth_user_id"] = str(user_id)
    session.create()
    with doorkeeping():
        Session.objects.filter(pk=hash_of(session.session_key)).update(proved_at=at)
        audit.record("signed_in", by=DOORKEEPER, records=[user_id], basis=way)
    return session


def lock(key: str) -> None:
    """Lock a session: the page asks to prove again, what was typed is kept as a draft."""
    with doorkeeping():
        Session.objects.filter(pk=hash_of(key)).update(locked=True)


def unlock(key: str, *, at: datetime) -> None:
    """Open a locked session again, for the person who has just proved who she is."""
    with doorkeeping():
        Session.objects.filter(pk=hash_of(key)).update(locked=False, seen_at=at, proved_at=at)


def go_out(key: str) -> None:
    """End a session for good."""
    SessionStore(key).delete()
