"""Who is at the door?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from spheres.accounts.models import Membership, Session, User
from spheres.core.actor import VISITOR, Actor


@dataclass(frozen=True)
class Visit:
    """One request's answer to «who is it?»: the actor, the session, the person."""

    actor: Actor
    session: Session | None = None
    user: User | None = None
    organisation_name: str = ""


NOBODY = Visit(VISITOR)


def visit(key_hash: str, *, at: datetime) -> Visit:
    """The actor of a session: live memberships only, in the organisation last acted for.

    Three short reads by primary key, as the doorkeeper. An ended membership, a closed account, an
    ended session: a visitor.
    """
    session = Session.objects.filter(pk=key_hash, ends_at__gt=at).first()
    if session is None or session.user_id is None:
        return NOBODY
    memberships = list(live_memberships(session.user_id, at=at).select_related("user", "organisation"))
    if not memberships or not memberships[0].user.is_active:
        return NOBODY
    home = memberships[0].organisation
    return Visit(
        Actor(
            session.user_id,
            home.id,
            frozenset(m.role for m in memberships if m.organisation_id == home.id),
        ),
        session,
        memberships[0].user,
        home.name,
    )


def live_memberships(user_id: UUID, *, at: datetime) -> QuerySet[Membership]:
    """The memberships of one person that hold at this moment, oldest first."""
    return (
        Membership.objects.filter(user_id=user_id, starts_at__lte=at)
        .exclude(ends_at__lte=at)
        .order_by("starts_at", "pk")
    )
