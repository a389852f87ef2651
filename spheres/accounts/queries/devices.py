"""Which browsers does my account know, and what is open on each?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from spheres.accounts import policy
from spheres.accounts.models import Authenticator, Device, Membership, Session
from spheres.accounts.queries.door import Visit, standing_of
from spheres.accounts.sessions import (
    ASKED,
    LOCK,
    LOCK_SHARED,
    LOCK_STRICT,
    STRICT_ROLES,
    doorkeeping,
)
from spheres.core import context
from spheres.core.actor import Actor
from spheres.vault import actions as vault


@dataclass(frozen=True)
class OpenSession:
    """One of my open sign-ins."""

    id: UUID
    words: str
    started_at: datetime
    seen_at: datetime
    is_shared: bool
    is_locked: bool
    is_this_one: bool
    device_id: UUID | None = None


@dataclass(frozen=True)
class MyDevice:
    """One of my devices, and what is open on it."""

    id: UUID
    name: str
    kind: str
    words: str
    is_shared: bool
    first_seen_at: datetime
    last_seen_on: date
    is_this_one: bool
    is_new: bool
    sessions: list[OpenSession] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The name she gave it, else its kind."""
        return self.name or str(Device.Kind(self.kind).label)


@dataclass(frozen=True)
class MyDevices:
    """All my devices; and what was opened before devices were kept, while it lasts."""

    devices: list[MyDevice]
    without_device: list[OpenSession]

    @property
    def open(self) -> int:
        """How many sessions are open in all."""
        return len(self.without_device) + sum(len(one.sessions) for one in self.devices)


def my_sessions(*, actor: Actor, visit: Visit, at: datetime) -> list[OpenSession]:
    """My open sessions, this one first, then by last use."""
    context.require(actor)
    rows = Session.objects.filter(user_id=actor.user_id, ends_at__gt=at).only(
        "id", "device", "started_at", "seen_at", "shared_device", "locked", "device_id"
    )
    found = [
        OpenSession(
            row.id,
            row.device,
            row.started_at,
            row.seen_at,
            row.shared_device,
            row.locked,
            row.id == visit.session_id,
            row.device_id,
        )
        for row in rows
    ]
    return sorted(
        found,
        # Of those used at one instant, the one that was opened last is named first.
        key=lambda one: (
            not one.is_this_one,
            -one.seen_at.timestamp(),
            -one.started_at.timestamp(),
            str(one.id),
        ),
    )


def my_devices(*, actor: Actor, visit: Visit, at: datetime) -> MyDevices:
    """My devices that were not removed, this one first, then by last use.

    A shared one is told while something is open on it, or while it is asked about.
    """
    sessions = my_sessions(actor=actor, visit=visit, at=at)
    here = _of_this_session(sessions)
    rows = list(_mine(actor))
    vault.open([row for row in rows if row.name], by=actor, only=("name",))
    devices = [_as_device(row, sessions, here, at) for row in rows]
    return MyDevices(
        sorted(
            (one for one in devices if one.sessions or one.is_new or not one.is_shared),
            # Of those of one day, the one that came last is named first.
            key=lambda one: (
                not one.is_this_one,
                -one.last_seen_on.toordinal(),
                -one.first_seen_at.timestamp(),
                str(one.id),
            ),
        ),
        [one for one in sessions if one.device_id not in {row.pk for row in rows}],
    )


def new_devices(*, actor: Actor, visit: Visit, at: datetime) -> list[MyDevice]:
    """Those of which nobody has said yet whether it was me; never the one I ask from."""
    sessions = my_sessions(actor=actor, visit=visit, at=at)
    here = _of_this_session(sessions)
    rows = [row for row in _mine(actor) if _is_new(row, at) and row.pk != here]
    vault.open([row for row in rows if row.name], by=actor, only=("name",))
    return [_as_device(row, sessions, here, at) for row in rows]


def has_new_devices(user_id: UUID, *, but: UUID, at: datetime) -> bool:
    """Is there anything to ask whoever comes in now? In the doorkeeper's name."""
    rows = Device.objects.filter(user_id=user_id, revoked_at=None, recognised_at=None)
    return rows.filter(first_seen_at__gt=at - ASKED).exclude(pk=but).exists()


def my_device(device_id: UUID, *, actor: Actor) -> Device | None:
    """One of my own, its name opened, removed or not."""
    context.require(actor)
    device = Device.objects.filter(pk=device_id, user_id=actor.user_id).first()
    if device is not None:
        vault.open([device], by=actor, only=("name",))
    return device


def device_of_session(visit: Visit) -> UUID | None:
    """From which device I act now."""
    if visit.session_id is None:
        return None
    with doorkeeping():
        found = Session.objects.filter(id=visit.session_id).values_list("device_id", flat=True)
        return found.first()


@dataclass(frozen=True)
class LastUse:
    """The last time an account was open on a device, and when what it showed was closed."""

    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None  # ended before its time: removed, or signed out
    locks_after: timedelta
    was_locked: bool

    @property
    def shows_nothing_from(self) -> datetime:
        """From when nothing was to be read without proving again who one is."""
        if self.was_locked:
            return self.seen_at
        locked_at = self.seen_at + self.locks_after
        return min(locked_at, self.ended_at) if self.ended_at else locked_at


def last_use(device_id: UUID, *, actor: Actor, at: datetime) -> LastUse | None:
    """Of one of my devices; None when nothing is known of it any more."""
    context.require(actor)
    with doorkeeping():
        rows = Session.objects.filter(user_id=actor.user_id, device_id=device_id)
        return _last_use(rows, actor.user_id, at)


def last_use_before(
    user_id: UUID, *, lost_at: datetime, actor: Actor, at: datetime
) -> LastUse | None:
    """Of a colleague, before her device was said lost, on whichever of hers was used last: which
    ones she has, nobody else is told."""
    context.require(actor)
    with doorkeeping():
        standing = standing_of(user_id, actor.organisation_id, at)
        policy.can_say_lost(actor, user_id, standing).or_raise()
        rows = Session.objects.filter(user_id=user_id, started_at__lte=lost_at)
        return _last_use(rows, user_id, at)


def _last_use(rows: QuerySet[Session], who: UUID, at: datetime) -> LastUse | None:
    row = rows.order_by("-seen_at", "pk").first()
    if row is None:
        return None
    held = Membership.objects.filter(user_id=who, role__in=STRICT_ROLES).exclude(ends_at__lte=at)
    locks_after = LOCK_SHARED if row.shared_device else LOCK
    return LastUse(
        row.started_at,
        row.seen_at,
        row.ends_at if row.ended_why else None,
        min(locks_after, LOCK_STRICT) if held.exists() else locks_after,
        row.locked,
    )


def way_of(device: Device, *, actor: Actor) -> Authenticator | None:
    """The passkey, or the codes, that opened last from there, if I still have it."""
    context.require(actor)
    if device.way_id is None:
        return None
    ways = Authenticator.objects.filter(pk=device.way_id, user_id=actor.user_id)
    return ways.defer("secret").first()


def _mine(actor: Actor) -> QuerySet[Device]:
    context.require(actor)
    rows = Device.objects.filter(user_id=actor.user_id, revoked_at=None)
    return rows.order_by("-first_seen_at", "pk")


def _is_new(row: Device, at: datetime) -> bool:
    return row.recognised_at is None and row.first_seen_at > at - ASKED


def _of_this_session(sessions: list[OpenSession]) -> UUID | None:
    return next((one.device_id for one in sessions if one.is_this_one), None)


def _as_device(
    row: Device, sessions: list[OpenSession], here: UUID | None, at: datetime
) -> MyDevice:
    return MyDevice(
        id=row.pk,
        name=row.opened.name if row.name else "",
        kind=row.kind,
        words=row.words,
        is_shared=row.is_shared,
        first_seen_at=row.first_seen_at,
        last_seen_on=row.last_seen_on,
        is_this_one=row.pk == here,
        is_new=_is_new(row, at),
        sessions=[one for one in sessions if one.device_id == row.pk],
    )
