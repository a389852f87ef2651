"""How does a passkey prove who she is? The ceremony is fido2's; what it means is ours.

The challenge travels signed in the page, for five minutes and one use, so a page that is only
looked at writes nothing. Passkeys are discoverable: no address is asked, so none can be guessed.
"""

from __future__ import annotations

import json
import struct
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core import signing
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from spheres.accounts import limits, queries
from spheres.accounts.actions.secrets import spend_once
from spheres.accounts.models import Authenticator, User
from spheres.accounts.sessions import DOORKEEPER, doorkeeping
from spheres.audit import actions as audit

MINUTES: Final = timedelta(minutes=5)
# Everything a made-up answer can raise while it is being read.
UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError, struct.error)
# One factor does not open: the device must have asked for its code, a finger or a face.
VERIFIED: Final = UserVerificationRequirement.REQUIRED


class NotProved(ValueError):
    """The answer does not prove anything: altered, too late, used, of another device or place."""


def challenge(purpose: str) -> dict[str, Any]:
    """What the page asks of the device: any passkey of this place."""
    options, state = _server().authenticate_begin(user_verification=VERIFIED)
    return {"options": dict(options)["publicKey"], "state": _signed(purpose, state)}


def enrolment(user: User, purpose: str, known: list[AttestedCredentialData]) -> dict[str, Any]:
    """What the page asks of the device: a new passkey for this person, not one already here."""
    options, state = _server().register_begin(
        PublicKeyCredentialUserEntity(id=user.pk.bytes, name=user.email, display_name=user.name),
        credentials=known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
    )
    return {"options": dict(options)["publicKey"], "state": _signed(purpose, state)}


def by_passkey(
    answer: str,
    state: str,
    *,
    purpose: str,
    address: str,
    at: datetime,
    stays_on_one_device: bool = False,
) -> UUID | None:
    """Who is it, by the answer of her device? Or nobody.

    `stays_on_one_device`: only a passkey that no maker copies is good enough here.
    """
    allowed = limits.allow("passkey_from", address, at)
    with doorkeeping():
        try:
            row, told = _recognise(json.loads(answer), _opened(state, purpose, at))
            if stays_on_one_device and told.is_backup_eligible():
                raise NotProved
        except UNREADABLE:
            row = None
        if row is None or not allowed or not queries.is_at_work(row.user_id, at):
            audit.record("refused", by=DOORKEEPER, basis="passkey")
            return None
        Authenticator.objects.filter(pk=row.pk).update(
            used_at=at,
            counter=told.counter,
            can_sync=told.is_backup_eligible(),
            is_synced=told.is_backed_up(),
        )
    limits.give_back("passkey_from", address)
    return row.user_id


def new_credential(answer: str, state: str, *, purpose: str, at: datetime) -> AuthenticatorData:
    """The passkey that a device has just made. Raises NotProved."""
    try:
        made = _server().register_complete(_opened(state, purpose, at), json.loads(answer))
    except UNREADABLE as why:
        raise NotProved from why
    if not made.is_user_verified() or made.credential_data is None:
        raise NotProved
    return made


def _recognise(
    answer: dict[str, Any], state: dict[str, Any]
) -> tuple[Authenticator, AuthenticatorData]:
    handle = websafe_decode(answer["response"]["userHandle"])
    known = queries.credentials_of(UUID(bytes=handle))
    found = _server().authenticate_complete(state, [one for _, one in known.values()], answer)
    told = AuthenticationResponse.from_dict(answer).response.authenticator_data
    row = next(row for row, one in known.values() if one.credential_id == found.credential_id)
    if not told.is_user_verified():
        raise NotProved
    # Synced passkeys always say 0; any other must count upwards, or there are two of it.
    if (told.counter or row.counter) and told.counter <= row.counter:
        raise NotProved
    # Whether a passkey can be copied is said when it is made, and never changes.
    if row.can_sync not in (None, told.is_backup_eligible()):
        raise NotProved
    return row, told


def _server() -> Fido2Server:
    # The name a device shows beside the passkey; the place it belongs to is the host alone.
    rp = PublicKeyCredentialRpEntity(id=settings.STAFF_HOST, name=settings.STAFF_HOST)
    return Fido2Server(rp, verify_origin=_is_our_origin)


def _is_our_origin(origin: str) -> bool:
    """The staff site itself, not what stands under its name; any port, on loopback names only."""
    parts = urlsplit(origin)
    if parts.hostname != settings.STAFF_HOST:
        return False
    return parts.scheme == "https" if settings.SECURE else parts.scheme in ("http", "https")


def _signed(purpose: str, state: dict[str, Any]) -> str:
    return signing.dumps({"challenge": state["challenge"]}, salt=f"spheres.passkey.{purpose}")


def _opened(state: str, purpose: str, at: datetime) -> dict[str, Any]:
    try:
        kept = signing.loads(state, salt=f"spheres.passkey.{purpose}", max_age=MINUTES)
    except signing.BadSignature as why:
        raise NotProved from why
    if not spend_once("challenge", kept["challenge"], until=at + MINUTES * 2):
        raise NotProved
    return {"challenge": kept["challenge"], "user_verification": VERIFIED}
