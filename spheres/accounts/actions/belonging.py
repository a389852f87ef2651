"""What changes whom a person acts for, in which language, and until when?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import DateTimeField, F, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from spheres.accounts import policy, queries
from spheres.accounts.actions.ending import end_all
from spheres.accounts.models import Confirmed, Membership, Session, User
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


def end_membership(
    user_id: UUID, *, by: Actor, at: datetime, last_at: datetime | None = None
) -> None:
    """End what a person does in one's own organisation: at once, or at a moment to come.

    What was announced for later is taken back with the rest.
    """
    at_once = last_at is None or last_at <= at
    ends_at = Value(at if at_once else last_at, output_field=DateTimeField())
    with doorkeeping():
        standing = queries.standing_of(user_id, by.organisation_id, at)
        policy.can_end(by, user_id, standing).or_raise()
        _not_ended(user_id, by, at).update(
            ends_at=Greatest(F("starts_at"), ends_at), is_ended_by_hand=True
        )
        if at_once and not standing.is_elsewhere:
            end_all(user_id, why=Session.Ended.CLOSED, at=at)
    audit.record("membership_ended" if at_once else "last_day_set", by=by, records=[user_id])


def keep_membership(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """She stays: the last day that was set is taken back."""
    with doorkeeping():
        standing = queries.standing_of(user_id, by.organisation_id, at)
        policy.can_end(by, user_id, standing).or_raise()
        _not_ended(user_id, by, at).update(ends_at=None, is_ended_by_hand=None)
    audit.record("last_day_taken_back", by=by, records=[user_id])


def confirm_colleagues(
    user_ids: Iterable[UUID], *, form_id: UUID, by: Actor, at: datetime
) -> list[UUID]:
    """Say that these people still work here: those who were on the page and still do.

    A form sent twice confirms once.
    """
    policy.can_manage(by).or_raise()
    here = {one.user_id for one in queries.to_confirm(actor=by, at=at)}
    confirmed = sorted(here & set(user_ids))
    with doorkeeping():
        Confirmed.objects.bulk_create(
            [
                Confirmed(
                    id=uuid5(form_id, str(user_id)),
                    organisation_id=by.organisation_id,
                    user_id=user_id,
                    confirmed_by=by.user_id,
                    confirmed_at=at,
                )
                for user_id in confirmed
            ],
            ignore_conflicts=True,
        )
    audit.record("colleagues_confirmed", by=by, records=confirmed)
    return confirmed


def _not_ended(user_id: UUID, by: Actor, at: datetime) -> QuerySet[Membership]:
    return Membership.objects.filter(user_id=user_id, organisation_id=by.organisation_id).exclude(
        ends_at__lte=at
    )


def end_everybody(organisation_id: UUID, *, by: Actor, at: datetime) -> int:
    """An organisation left the programme: whoever works there no longer enters in its name.

    It is decided above. Whoever works elsewhere too goes on there; nobody's account is closed.
    """
    with doorkeeping():
        held = Membership.objects.filter(organisation_id=organisation_id).exclude(ends_at__lte=at)
        people = set(held.values_list("user_id", flat=True))
        held.update(
            ends_at=Greatest(F("starts_at"), Value(at, output_field=DateTimeField())),
            is_ended_by_hand=True,
        )
        elsewhere = set(
            Membership.objects.filter(user_id__in=people, starts_at__lte=at)
            .exclude(ends_at__lte=at)
            .values_list("user_id", flat=True)
        )
        for user_id in sorted(people - elsewhere):
            end_all(user_id, why=Session.Ended.CLOSED, at=at)
    audit.record("memberships_ended", by=by, records=sorted(people))
    return len(people)


def close(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """Close an account for good: nothing of hers opens any more, anywhere, at her next request."""
    with doorkeeping():
        standing = queries.standing_of(user_id, by.organisation_id, at)
        policy.can_close(by, user_id, standing).or_raise()
        User.objects.filter(pk=user_id).update(is_active=False)
        end_all(user_id, why=Session.Ended.CLOSED, at=at)
    audit.record("account_closed", by=by, records=[user_id])
