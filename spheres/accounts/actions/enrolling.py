"""How does a person get, renew and put away her ways of proving who she is?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from spheres.accounts import policy
from spheres.accounts.actions import passkeys, secrets
from spheres.accounts.models import Authenticator
from spheres.accounts.sessions import DOORKEEPER, doorkeeping
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.vault import actions as vault

Kind = Authenticator.Kind


def purpose_of(user_id: UUID) -> str:
    """A challenge made for one person's enrolment is of no use for another's."""
    return f"enrol {user_id}"


def add_passkey(
    user_id: UUID, answer: str, state: str, *, by: Actor, at: datetime, device: str
) -> list[str]:
    """Add a passkey; the password and its codes sign in no more. Recovery codes the first time.

    Raises passkeys.NotProved.
    """
    made = passkeys.new_credential(answer, state, purpose=purpose_of(user_id), at=at)
    row = _row(user_id, Kind.PASSKEY, at=at, device=device)
    row.counter = made.counter
    if made.credential_data:
        row.model_id = UUID(bytes=bytes(made.credential_data.aaguid))
    row.can_sync, row.is_synced = made.is_backup_eligible(), made.is_backed_up()
    with doorkeeping():
        vault.lock(row, secret=bytes(made.credential_data or b"").hex())
        Authenticator.objects.bulk_create([row])
        secrets.forget_password(user_id)
        Authenticator.objects.filter(user_id=user_id, kind=Kind.TOTP).delete()
    _note("authenticator_added", row, by=by)
    return _first_codes(user_id, by=by, at=at)


def add_totp(
    user_id: UUID, secret: str, password: str, *, by: Actor, at: datetime, device: str
) -> list[str]:
    """The bridge: a password and an application's codes, until there is a passkey."""
    row = _row(user_id, Kind.TOTP, at=at, device=device)
    with doorkeeping():
        vault.lock(row, secret=secret)
        Authenticator.objects.bulk_create([row])
        secrets.keep_password(user_id, password)
    _note("authenticator_added", row, by=by)
    return _first_codes(user_id, by=by, at=at)


def new_codes(user_id: UUID, *, by: Actor, at: datetime) -> list[str]:
    """Ten new recovery codes in place of the old ones; shown once, kept as digests."""
    codes = secrets.new_recovery_codes()
    row = _row(user_id, Kind.CODES, at=at)
    with doorkeeping():
        Authenticator.objects.filter(user_id=user_id, kind=Kind.CODES).delete()
        secrets.lock_codes(row, codes)
        Authenticator.objects.bulk_create([row])
    _note("authenticator_added", row, by=by)
    return codes


def remove_authenticator(authenticator_id: UUID, *, by: Actor, at: datetime) -> None:
    """Put away one of one's own passkeys; never the last."""
    with doorkeeping():
        mine = list(
            Authenticator.objects.select_for_update(of=("self",)).filter(user_id=by.user_id)
        )
        row = next((one for one in mine if one.pk == authenticator_id), None)
        if row is None:
            return
        policy.can_remove(row, mine).or_raise()
        Authenticator.objects.filter(pk=row.pk).delete()
    _note("authenticator_removed", row, by=by)


def remove_all(user_id: UUID, *, but: tuple[str, ...] = ()) -> None:
    """Begin anew, when her devices are lost: nothing that opened still opens. `but` these, which
    open nothing alone."""
    with doorkeeping():
        rows = Authenticator.objects.filter(user_id=user_id).exclude(kind__in=but)
        gone = list(rows)
        rows.delete()
        secrets.forget_password(user_id)
        audit.record(
            "authenticator_removed", by=DOORKEEPER, records=[user_id, *(one.pk for one in gone)]
        )


def _row(
    user_id: UUID, kind: Authenticator.Kind, *, at: datetime, device: str = ""
) -> Authenticator:
    return Authenticator(id=uuid4(), user_id=user_id, kind=kind, device=device, added_at=at)


def _first_codes(user_id: UUID, *, by: Actor, at: datetime) -> list[str]:
    with doorkeeping():
        if Authenticator.objects.filter(user_id=user_id, kind=Kind.CODES).exists():
            return []
    return new_codes(user_id, by=by, at=at)


def _note(event: str, row: Authenticator, *, by: Actor) -> None:
    """In her own chain when she is signed in; in the doorkeeper's when she comes with a link."""
    if by.is_staff:
        audit.record(event, by=by, records=[row.pk], basis=row.kind)
    else:
        with doorkeeping():
            audit.record(event, by=DOORKEEPER, records=[row.user_id, row.pk], basis=row.kind)
