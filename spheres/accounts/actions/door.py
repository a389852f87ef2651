"""What opens, locks, renews and ends a session?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from spheres.accounts import queries
from spheres.accounts.actions import devices, recovering
from spheres.accounts.actions.devices import Browser
from spheres.accounts.actions.ending import end
from spheres.accounts.models import Membership, Session, User
from spheres.accounts.sessions import (
    DOORKEEPER,
    PARALLEL,
    PARALLEL_STRICT,
    SHIFT,
    STRICT_ROLES,
    SessionStore,
    doorkeeping,
    hash_of,
    new_key,
)
from spheres.audit import actions as audit
from spheres.core.actor import Actor

UNKNOWN: Final = Browser()


@dataclass(frozen=True)
class Opened:
    """A session just opened: the key for the cookie, and what it put an end to.

    That is: the devices whose sessions were too many, and a recovery asked for this account.
    """

    session_key: str
    ended: tuple[str, ...] = ()
    stopped_recovery: bool = False
    # For the browser's longer cookie; shared, it ends with the browser.
    device_key: str = ""
    is_shared: bool = False
    # Her other devices are asked about: was it she?
    asks: bool = False


def come_in(
    user_id: UUID,
    *,
    at: datetime,
    way: str,
    browser: Browser = UNKNOWN,
    shared: bool = False,
    instead_of: str = "",
    in_person: bool = False,
) -> Opened:
    """Open a session for a person who has proved who she is; the caller sets its cookie.

    A session never bears a key that existed before the proof. The oldest of too many ends.
    `instead_of` is the key this browser held until now, if any; `in_person`, that she was handed
    the link by which she comes.
    """
    key = new_key()
    with doorkeeping():
        # Two sign-ins of one person wait for each other, or both would count too few sessions.
        User.objects.select_for_update(of=("self",)).get(pk=user_id)
        if instead_of:
            end(Session.objects.filter(pk=hash_of(instead_of)), Session.Ended.LEFT, at)
        ended = _make_room(user_id, at)
        stopped = recovering.stop_for_owner(user_id, at=at)
        device, device_key = devices.register(
            user_id, browser, shared=shared, at=at, in_person=in_person
        )
        session = Session(
            key_hash=hash_of(key),
            user_id=user_id,
            data=SessionStore().encode({}),
            started_at=at,
            seen_at=at,
            ends_at=at + SHIFT,
            proved_at=_proved_at(user_id, at),
            shared_device=shared,
            device=browser.words,
            device_id=device.pk,
        )
        Session.objects.bulk_create([session])
        audit.record("signed_in", by=DOORKEEPER, records=[user_id, session.id], basis=way)
        asks = queries.has_new_devices(user_id, but=device.pk, at=at)
    return Opened(key, ended, stopped, device_key, shared, asks)


def lock(key: str) -> None:
    """Lock a session: the page asks to prove again, what was typed is kept as a draft."""
    with doorkeeping():
        session = _of_key(key)
        if session and not session.locked:
            Session.objects.filter(pk=session.pk).update(locked=True)
            _record("locked", session)


def unlock(key: str, *, at: datetime) -> str:
    """Open a locked session again, for the person who has just proved who she is; its new key."""
    return _renew(key, at, "unlocked", opens_lock=True)


def prove_again(key: str, *, at: datetime) -> str:
    """Note that she has just proved again who she is; the session's new key."""
    return _renew(key, at, "proved_again")


def go_out(key: str, *, at: datetime) -> None:
    """End a session for good."""
    with doorkeeping():
        session = _of_key(key)
        if session and session.ends_at > at:
            end(Session.objects.filter(pk=session.pk), Session.Ended.LEFT, at)
            _record("session_ended", session)


def revoke(session_id: UUID, *, by: Actor, at: datetime) -> None:
    """End one of one's own sessions, from another device."""
    _revoke(Session.objects.filter(id=session_id), by, at)


def revoke_others(key: str, *, by: Actor, at: datetime) -> None:
    """End all of one's own sessions but this one."""
    _revoke(Session.objects.exclude(pk=hash_of(key)), by, at)


def _revoke(sessions: QuerySet[Session], by: Actor, at: datetime) -> None:
    with doorkeeping():
        mine = sessions.filter(user_id=by.user_id, ends_at__gt=at)
        ids = sorted(mine.values_list("id", flat=True))
        end(Session.objects.filter(id__in=ids), Session.Ended.REVOKED, at)
    if ids:
        audit.record("session_ended", by=by, records=ids)


def _proved_at(user_id: UUID, at: datetime) -> datetime | None:
    """Coming in and unlocking prove enough for a sensitive act, but for wider keys.

    Whoever holds those and a passkey that stays on one device uses it for the act itself.
    """
    return None if queries.asks_for_bound_key(user_id, at) else at


def _renew(key: str, at: datetime, event: str, *, opens_lock: bool = False) -> str:
    renewed = new_key()
    with doorkeeping():
        session = _of_key(key)
        if session is None or session.ends_at <= at:
            return key
        whose = session.user_id if opens_lock else None
        # A key seen before the proof opens nothing after it.
        Session.objects.filter(pk=session.pk).update(
            key_hash=hash_of(renewed),
            locked=False,
            seen_at=at,
            proved_at=_proved_at(whose, at) if whose else at,
        )
        _record(event, session)
    return renewed


def _make_room(user_id: UUID, at: datetime) -> tuple[str, ...]:
    live = Membership.objects.filter(user_id=user_id, starts_at__lte=at).exclude(ends_at__lte=at)
    most = PARALLEL_STRICT if live.filter(role__in=STRICT_ROLES).exists() else PARALLEL
    open_ones = list(
        Session.objects.filter(user_id=user_id, ends_at__gt=at).order_by("started_at", "key_hash")
    )
    too_many = open_ones[: max(0, len(open_ones) - most + 1)]
    if too_many:
        end(Session.objects.filter(pk__in=[one.pk for one in too_many]), Session.Ended.REPLACED, at)
        audit.record(
            "session_ended", by=DOORKEEPER, records=[user_id, *(one.id for one in too_many)]
        )
    return tuple(one.device for one in too_many)


def _of_key(key: str) -> Session | None:
    return Session.objects.filter(pk=hash_of(key)).first()


def _record(event: str, session: Session) -> None:
    if session.user_id:
        audit.record(event, by=DOORKEEPER, records=[session.user_id, session.id])
