"""What makes a browser known, gives it a name, and removes it?

What its cookie holds is asked only once a person has proved who she is, to tell her which browser
it was. It proves nothing, and no page looks at it before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.core import signing

from spheres.accounts import policy, queries
from spheres.accounts.actions.ending import end
from spheres.accounts.models import Authenticator, Device, Session, User
from spheres.accounts.sessions import DOORKEEPER, doorkeeping, hash_of, new_key
from spheres.audit import actions as audit
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.vault import actions as vault


@dataclass(frozen=True)
class Browser:
    """What a browser shows at the door: its kind, and the key it was given at an earlier time."""

    words: str = ""
    kind: str = Device.Kind.OTHER
    key: str = ""


def register(
    user_id: UUID, browser: Browser, *, shared: bool, at: datetime, in_person: bool = False
) -> tuple[Device, str]:
    """The device of whoever has just proved who she is, known again or new; its cookie's key.

    The first one of an account is hers, as is the one she enrols on with a link handed to her
    (`in_person`); of any other, her other devices ask. In the doorkeeper's name.
    """
    hers = Device.objects.filter(user_id=user_id)
    on, way_id = clock.day_of(at), _way_that_served(user_id, at)
    known = hers.filter(key_hash=_hash(user_id, browser.key), revoked_at=None).first()
    if known is not None and browser.key:
        seen = {"words": browser.words, "kind": browser.kind, "is_shared": shared}
        hers.filter(pk=known.pk).update(last_seen_on=on, way_id=way_id, **seen)
        return known, browser.key
    is_hers = in_person or not hers.exists()
    key = _key_for(user_id, browser.key)
    device = Device(
        id=uuid4(),
        user_id=user_id,
        key_hash=_hash(user_id, key),
        kind=browser.kind,
        words=browser.words,
        is_shared=shared,
        way_id=way_id,
        first_seen_at=at,
        last_seen_on=on,
        recognised_at=at if is_hers else None,
    )
    Device.objects.bulk_create([device])
    audit.record("device_added", by=DOORKEEPER, records=[user_id, device.pk])
    return device, key


def know_device(user_id: UUID, browser: Browser, *, at: datetime) -> UUID:
    """A browser that came in before, for a demonstration. In the doorkeeper's name."""
    return register(user_id, browser, shared=False, at=at)[0].pk


def name_device(device_id: UUID, name: str, *, by: Actor, at: datetime) -> None:
    """Give one of one's own devices a name; it is locked, and hers alone."""
    with doorkeeping():
        device = _hers(device_id, by)
        if device is None:
            return
        vault.lock(device, name=name)
        device.save(update_fields=["name"])
    audit.record("device_named", by=by, records=[device_id])


def recognise_device(device_id: UUID, *, here: UUID | None, by: Actor, at: datetime) -> None:
    """«It was me», said from another device: nobody answers for the one in question from it."""
    with doorkeeping():
        device = _hers(device_id, by)
        if device is None or device.pk == here or device.recognised_at is not None:
            return
        device.recognised_at = at
        device.save(update_fields=["recognised_at"])
    audit.record("device_recognised", by=by, records=[device_id])


def remove_device(
    device_id: UUID, *, session_id: UUID | None, by: Actor, at: datetime
) -> Device | None:
    """End a device of one's own and all that is open on it, at once; None when it is none of hers.

    Drafts stay on the server. `session_id` is the session she acts from: hers ends as signed out.
    """
    with doorkeeping():
        # A sign-in of this person waits: it finds the device removed, or its session is ended.
        User.objects.select_for_update(of=("self",)).get(pk=by.user_id)
        device = _hers(device_id, by)
        if device is None:
            return None
        device.revoked_at = at
        device.save(update_fields=["revoked_at"])
        open_here = Session.objects.filter(device_id=device_id, ends_at__gt=at)
        ids = sorted(open_here.values_list("id", flat=True))
        if session_id is not None:
            end(open_here.filter(id=session_id), Session.Ended.LEFT, at)
        end(open_here, Session.Ended.REVOKED, at)
    audit.record("device_removed", by=by, records=[device_id, *ids])
    return device


def say_lost(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """A colleague's device is lost, and she cannot say so: all that is open of hers ends at once.

    No browser of hers is known any more, so that the next one to come in is asked about; nobody is
    shown which she had (ADR devices).
    """
    with doorkeeping():
        User.objects.select_for_update(of=("self",)).get(pk=user_id)
        standing = queries.standing_of(user_id, by.organisation_id, at)
        policy.can_say_lost(by, user_id, standing).or_raise()
        remove_all_devices(user_id, at=at)
        end(Session.objects.filter(user_id=user_id), Session.Ended.LOST, at)
    audit.record("device_said_lost", by=by, records=[user_id])


def remove_all_devices(user_id: UUID, *, at: datetime) -> None:
    """No browser of before is known any more. In the doorkeeper's name."""
    Device.objects.filter(user_id=user_id, revoked_at=None).update(revoked_at=at)


def _hers(device_id: UUID, by: Actor) -> Device | None:
    return Device.objects.filter(pk=device_id, user_id=by.user_id, revoked_at=None).first()


def _way_that_served(user_id: UUID, at: datetime) -> UUID | None:
    """The passkey, or the codes, that proved it at this very moment; none in a demonstration."""
    ways = Authenticator.objects.filter(user_id=user_id, used_at=at).order_by("pk")
    return ways.values_list("pk", flat=True).first()


def _key_for(user_id: UUID, shown: str) -> str:
    """The key this browser has, of another account, else a new one.

    Only one that we made, so that nobody brings a key of their own choice; never one that was
    removed from this account.
    """
    try:
        _signer().unsign(shown)
    except signing.BadSignature:
        return _signer().sign(new_key())
    if Device.objects.filter(key_hash=_hash(user_id, shown)).exists():
        return _signer().sign(new_key())
    return shown


def _hash(user_id: UUID, key: str) -> str:
    return hash_of(f"{user_id}|{key}")


def _signer() -> signing.Signer:
    return signing.Signer(salt="spheres.device")
