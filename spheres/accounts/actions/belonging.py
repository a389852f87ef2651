"""What changes whom a person acts for, in which language, and until when?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spheres.accounts import policy, queries
from spheres.accounts.actions.door import end_all
from spheres.accounts.models import Membership, Session, User
from spheres.accounts.sessions import doorkeeping, hash_of
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed


def choose_organisation(key: str, organisation_id: UUID, *, by: Actor, at: datetime) -> None:
    """Act for another of one's organisations, from the next page on."""
    with doorkeeping():
        standing = queries.standing_of(by.user_id, organisation_id, at)
        if not standing.roles_here:
            raise NotAllowed(_("You act only for an organisation you belong to today."))
        Session.objects.filter(pk=hash_of(key), user_id=by.user_id).update(
            organisation_id=organisation_id
        )
    audit.record("acts_for", by=by, records=[organisation_id])


def choose_language(language: str, *, by: Actor) -> None:
    """Read in this language from now on, on every device."""
    if language in dict(settings.LANGUAGES):
        with doorkeeping():
            User.objects.filter(pk=by.user_id).update(language=language)


def end_membership(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """End what a person does in one's own organisation, at once."""
    with doorkeeping():
        standing = queries.standing_of(user_id, by.organisation_id, at)
        policy.can_end(by, user_id, standing).or_raise()
        Membership.objects.filter(
            user_id=user_id, organisation_id=by.organisation_id, starts_at__lte=at
        ).exclude(ends_at__lte=at).update(ends_at=at)
        if not standing.is_elsewhere:
            end_all(user_id, why=Session.Ended.CLOSED, at=at)
    audit.record("membership_ended", by=by, records=[user_id])


def close(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """Close an account for good: nothing of hers opens any more, anywhere, at her next request."""
    with doorkeeping():
        standing = queries.standing_of(user_id, by.organisation_id, at)
        policy.can_close(by, user_id, standing).or_raise()
        User.objects.filter(pk=user_id).update(is_active=False)
        end_all(user_id, why=Session.Ended.CLOSED, at=at)
    audit.record("account_closed", by=by, records=[user_id])
