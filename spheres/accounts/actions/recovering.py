"""How does a person who lost every device and every code come back to her own account?

One person asks, a second one vouches, both having seen her; a day passes, in which her account's
owner has only to sign in to stop it; then a link enrols a new passkey on the same account. Nothing
is sent: e-mail has no sender here yet, so those who vouch tell her themselves.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.accounts import policy, queries
from spheres.accounts.actions import links
from spheres.accounts.actions.ending import end_all
from spheres.accounts.models import DELAY, PATIENCE, Recovery, RecoveryStatus, Session, User
from spheres.accounts.sessions import DOORKEEPER, doorkeeping
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.core.states import move

Status = RecoveryStatus.Status


def ask(
    user_id: UUID, second_id: UUID, *, recovery_id: UUID, seen_on: date, by: Actor, at: datetime
) -> None:
    """Ask for new devices for a person seen, and name who else has seen her."""
    with doorkeeping():
        # Two who ask for one person wait for each other: one recovery at a time.
        list(User.objects.select_for_update(of=("self",)).filter(pk=user_id))
        standing = queries.standing_of(user_id, by.organisation_id, at)
        second = queries.second_of(second_id, user_id, at)
        policy.can_ask_recovery(by, user_id, standing).or_raise()
        policy.can_be_second(by.user_id, by.roles, user_id, standing, second).or_raise()
        under_way = queries.open_recoveries(at).filter(recovery__user_id=user_id)
        if under_way.exclude(pk=recovery_id).exists():
            raise WrongState(_("A recovery of this account is already under way."))
        recovery = Recovery(
            id=recovery_id,
            user_id=user_id,
            organisation_id=by.organisation_id,
            asked_by=by.user_id,
            asked_at=at,
            seen_on=seen_on,
            second_id=second_id,
        )
        if not create_once(recovery):
            return
        standing_row = RecoveryStatus(
            recovery=recovery,
            status=Status.ASKED,
            status_by=by.user_id,
            status_at=at,
            expires_at=at + PATIENCE,
        )
        RecoveryStatus.objects.bulk_create([standing_row])
    audit.record("recovery_asked", by=by, records=[user_id, recovery_id])


def vouch(recovery_id: UUID, *, seen_on: date, by: Actor, at: datetime) -> None:
    """The second person vouches: every session of the account ends, and the day begins."""
    with doorkeeping():
        row = _lock(recovery_id, at)
        recovery = row.recovery
        second = queries.second_of(by.user_id, recovery.user_id, at)
        policy.can_vouch(by, recovery, second).or_raise()
        move(row, Status.VOUCHED, by=by, at=at)
        row.vouched_by, row.vouched_at, row.vouched_seen_on = by.user_id, at, seen_on
        row.expires_at = at + DELAY + PATIENCE
        row.save(update_fields=["vouched_by", "vouched_at", "vouched_seen_on", "expires_at"])
        end_all(recovery.user_id, why=Session.Ended.RECOVERY, at=at)
    audit.record("recovery_vouched", by=by, records=[recovery.user_id, recovery_id])


def hand_over_recovery(recovery_id: UUID, *, by: Actor, at: datetime) -> links.Invited:
    """Once the day has passed, either of the two makes the link, and hands it over in person."""
    with doorkeeping():
        row = _lock(recovery_id, at)
        recovery = row.recovery
        policy.can_hand_over(by, recovery, row, at).or_raise()
        move(row, Status.HANDED_OVER, by=by, at=at)
        row.expires_at = at + links.LIFE
        row.save(update_fields=["expires_at"])
    audit.record("recovery_handed_over", by=by, records=[recovery.user_id, recovery_id])
    return links.hand_over(
        recovery.user_id,
        recovery.organisation_id,
        seen_on=row.vouched_seen_on or recovery.seen_on,
        by=by,
        at=at,
        recovery_id=recovery_id,
    )


def stop(recovery_id: UUID, *, by: Actor, at: datetime) -> None:
    """The account's owner, or either of the two, stops it; a link already made opens nothing."""
    with doorkeeping():
        row = _lock(recovery_id, at)
        recovery = row.recovery
        policy.can_stop(by, recovery).or_raise()
        _stop(row, by=by, at=at)
    audit.record("recovery_stopped", by=by, records=[recovery.user_id, recovery_id])


def stop_for_owner(user_id: UUID, *, at: datetime) -> bool:
    """Whoever signs in has not lost everything: what was under way stops. True if anything was.

    In the doorkeeper's name.
    """
    rows = list(
        queries.open_recoveries(at)
        .filter(recovery__user_id=user_id)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    for row in rows:
        _stop(row, by=DOORKEEPER, at=at)
        audit.record(
            "recovery_stopped", by=DOORKEEPER, records=[user_id, row.pk], basis="signed in"
        )
    return bool(rows)


def use(recovery_id: UUID, *, at: datetime) -> None:
    """Its link served. Raises WrongState when it was stopped or has ended."""
    with doorkeeping():
        row = _lock(recovery_id, at)
        move(row, Status.USED, by=DOORKEEPER, at=at)
        records = [row.recovery.user_id, recovery_id]
        audit.record("recovery_used", by=DOORKEEPER, records=records)


def lapse(*, by: Actor, at: datetime) -> None:
    """What nobody went on with ends by itself."""
    for row in queries.lapsed_recoveries(at):
        move(row, Status.LAPSED, by=by, at=at)


def _stop(row: RecoveryStatus, *, by: Actor, at: datetime) -> None:
    move(row, Status.STOPPED, by=by, at=at)
    links.take_back(row.pk, at=at)


def _lock(recovery_id: UUID, at: datetime) -> RecoveryStatus:
    row = queries.lock_recovery(recovery_id, at)
    if row is None:
        raise WrongState(_("This has changed since the page was shown. Look at it again."))
    return row
