"""How is a link made, that lets one person enrol, once, for three days?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from spheres.accounts import queries
from spheres.accounts.models import Invitation, Membership
from spheres.accounts.sessions import doorkeeping
from spheres.audit import actions as audit
from spheres.core.actor import Actor

LIFE: Final = timedelta(hours=72)


@dataclass(frozen=True)
class Invited:
    """A person let in, and the token of her link; none when a colleague gets one role more."""

    user_id: UUID
    token: str = ""
    # The link is opened on an account that has its devices; the role starts with her yes.
    to_accept: bool = False
    # She had an account: with the link, one of its recovery codes is asked.
    again: bool = False


def hand_over(
    user_id: UUID,
    organisation_id: UUID,
    *,
    seen_on: date,
    by: Actor,
    at: datetime,
    again: bool = False,
    recovery_id: UUID | None = None,
    offered: Membership | None = None,
) -> Invited:
    """A new link; an older one of the same person no longer opens.

    With an offered role, only an older offer of the same organisation ends.
    """
    invitation = Invitation(
        id=uuid4(),
        user_id=user_id,
        organisation_id=organisation_id,
        vouched_by=by.user_id,
        seen_on=seen_on,
        made_at=at,
        expires_at=at + LIFE,
        again=again,
        recovery_id=recovery_id,
        role=offered.role if offered else "",
        job_title_fr=offered.job_title_fr if offered else "",
        job_title_en=offered.job_title_en if offered else "",
        role_ends_at=offered.ends_at if offered else None,
    )
    with doorkeeping():
        older = Invitation.objects.filter(
            user_id=user_id, used_at=None, expires_at__gt=at, role=invitation.role
        )
        if offered:
            older = older.filter(organisation_id=organisation_id)
        older.update(expires_at=at)
        Invitation.objects.bulk_create([invitation])
    audit.record("invited", by=by, records=[user_id, invitation.pk], basis=invitation.role)
    token = queries.signer_of_links().sign(invitation.pk.hex)
    return Invited(user_id, token, to_accept=offered is not None, again=again)


def take_back(recovery_id: UUID, *, at: datetime) -> None:
    """The link of a recovery that was stopped opens nothing. In the doorkeeper's name."""
    Invitation.objects.filter(recovery_id=recovery_id, used_at=None, expires_at__gt=at).update(
        expires_at=at
    )
