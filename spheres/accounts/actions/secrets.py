"""How are a password, an application's code and a recovery code proved, without telling why not?

One path, whatever the address: as many statements, events and hashes for an unknown one as for a
wrong password, a locked or a closed account. What differs is the last answer, and it says nothing.
"""

from __future__ import annotations

import base64
import functools
import hmac
import json
import secrets
import struct
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from spheres.accounts import limits, queries
from spheres.accounts.models import Authenticator, Password, Spent, User
from spheres.accounts.sessions import DOORKEEPER, doorkeeping
from spheres.audit import actions as audit
from spheres.core.once import create_once
from spheres.vault import actions as vault

Kind = Authenticator.Kind
STEP: Final = 30
DIGITS: Final = 6
# No letter that looks like a figure, no vowel that makes a word.
ALPHABET: Final = "23456789BCDFGHJKLMNPQRSTVWXZ"
CODES, CODE_LENGTH = 10, 10


def by_password(email: str, password: str, code: str, *, address: str, at: datetime) -> UUID | None:
    """Who is it, by address, password and code (of the application, or of recovery)? Or nobody.

    Raises TooMany past the network's limit, before the account is looked at: so a flood costs no
    hash, and closes nobody's password.
    """
    email = email.strip().lower()
    if not limits.allow("sign_in_from", address, at):
        raise limits.TooMany
    # Each counter counts, whatever the other says.
    allowed = [limits.allow("sign_in", email, at), limits.allow("in_a_row", email, at)]
    with doorkeeping():
        user = User.objects.filter(email=email).first()
        user_id = user.pk if user else DOORKEEPER.user_id
        at_work = queries.is_at_work(user_id, at)
        kept = Password.objects.filter(user_id=user_id).first()
        held = _secrets_of(user_id, at)
        vault.open(list(held.values()), by=DOORKEEPER, sections=())
        right = check_password(normal(password), kept.hash if kept else nobody_s_password())
        counter = which_counter(held[Kind.TOTP].opened.secret, code, at)
        recovery = _digest(held[Kind.CODES], code) in json.loads(held[Kind.CODES].opened.secret)
        ours = all(row.user_id == user_id for row in held.values())
        proved = all((user, at_work, kept, ours, right, counter or recovery, *allowed))
        if not (proved and (_spend(user_id, counter, at) if counter else _use(held, code, at))):
            audit.record("refused", by=DOORKEEPER, basis="password")
            return None
        row = held[Kind.TOTP] if counter else held[Kind.CODES]
        Authenticator.objects.filter(pk=row.pk).update(used_at=at)
    for kind in ("sign_in", "in_a_row"):
        limits.forget(kind, email)
    limits.give_back("sign_in_from", address)
    return user_id


def by_recovery_code(user_id: UUID, code: str, *, address: str, at: datetime) -> bool:
    """Is this one of her recovery codes? It is then used up. Asked with a new link, never alone."""
    allowed = [limits.allow("sign_in", str(user_id), at), limits.allow("sign_in_from", address, at)]
    with doorkeeping():
        held = _secrets_of(user_id, at)
        vault.open(list(held.values()), by=DOORKEEPER, sections=())
        codes = held[Kind.CODES]
        found = _digest(codes, code) in json.loads(codes.opened.secret)
        if all((found, codes.user_id == user_id, *allowed)):
            return _use(held, code, at)
        audit.record("refused", by=DOORKEEPER, basis="recovery")
        return False


def normal(password: str) -> str:
    """One form for one password, however the keyboard composes it."""
    return unicodedata.normalize("NFKC", password)


def keep_password(user_id: UUID, password: str) -> None:
    """Keep this password's hash, in place of the one before. In the doorkeeper's name."""
    forget_password(user_id)
    row = Password(id=uuid4(), user_id=user_id, hash=make_password(normal(password)))
    Password.objects.bulk_create([row])


def forget_password(user_id: UUID) -> None:
    """A password opens nothing more. In the doorkeeper's name."""
    Password.objects.filter(user_id=user_id).delete()


@functools.cache
def nobody_s_password() -> str:
    """Hashed like any other, for addresses that have none."""
    return make_password(secrets.token_urlsafe(24))


def new_totp_secret() -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def totp_address(secret: str, email: str) -> str:
    """What an authenticator application reads from the square drawing."""
    place = settings.STAFF_HOST
    return f"otpauth://totp/{quote(f'{place}:{email}')}?" + urlencode(
        {"secret": secret, "issuer": place}
    )


def totp(secret: str, counter: int) -> str:
    """The application's code for one step of time (RFC 6238: SHA-1, six figures)."""
    seal = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), "sha1")
    start = seal[-1] & 15
    value = int.from_bytes(seal[start : start + 4], "big") & 0x7FFFFFFF
    return str(value % 10**DIGITS).zfill(DIGITS)


def counter_at(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def which_counter(secret: str, code: str, at: datetime) -> int:
    """The step this code belongs to, now or one step either side; 0 when it is none of them."""
    typed = "".join(code.split())
    found = 0
    for counter in range(counter_at(at) - 1, counter_at(at) + 2):
        if hmac.compare_digest(totp(secret, counter).encode(), typed.encode()):
            found = counter
    return found


def new_recovery_codes() -> list[str]:
    """Ten codes, as they are shown once: BCDFG-23456."""
    drawn = ("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(CODES))
    return [f"{code[:5]}-{code[5:]}" for code in drawn]


def lock_codes(row: Authenticator, codes: Iterable[str]) -> None:
    """Keep these codes, as digests, under the vault's lock."""
    vault.lock(row, secret=json.dumps(sorted(_digest(row, code) for code in codes)))


def spend_once(use: str, text: str, *, until: datetime) -> bool:
    """True the first time only, for something that serves once."""
    digest = vault.keyed_digest(f"spent {use}", text)
    with doorkeeping():
        return create_once(Spent(spent_id=UUID(bytes=digest[:16]), until=until))


def _digest(row: Authenticator, code: str) -> str:
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    return vault.keyed_digest("recovery code", f"{row.user_id}|{typed}").hex()


def _secrets_of(user_id: UUID, at: datetime) -> dict[str, Authenticator]:
    """Her application's secret and recovery codes; nobody's own, where she has none."""
    found = _secrets_among(user_id)
    if len(found) < 2:
        _make_nobody_s(at)
        found = _secrets_among(user_id)
    return found


def _secrets_among(user_id: UUID) -> dict[str, Authenticator]:
    rows = Authenticator.objects.filter(
        user_id__in=[user_id, DOORKEEPER.user_id], kind__in=[Kind.TOTP, Kind.CODES]
    )
    # Her own rows come last, over nobody's.
    return {row.kind: row for row in sorted(rows, key=lambda row: row.user_id == user_id)}


def _make_nobody_s(at: datetime) -> None:
    totp_row = Authenticator(id=uuid4(), user_id=DOORKEEPER.user_id, kind=Kind.TOTP, added_at=at)
    vault.lock(totp_row, secret=new_totp_secret())
    codes = Authenticator(id=uuid4(), user_id=DOORKEEPER.user_id, kind=Kind.CODES, added_at=at)
    lock_codes(codes, new_recovery_codes())
    Authenticator.objects.bulk_create([totp_row, codes], ignore_conflicts=True)


def _spend(user_id: UUID, counter: int, at: datetime) -> bool:
    return spend_once("totp", f"{user_id}|{counter}", until=at + timedelta(seconds=STEP * 4))


def _use(held: dict[str, Authenticator], code: str, at: datetime) -> bool:
    row = Authenticator.objects.select_for_update(of=("self",)).get(pk=held[Kind.CODES].pk)
    vault.open([row], by=DOORKEEPER, sections=())
    left = set(json.loads(row.opened.secret))
    digest = _digest(row, code)
    if digest not in left:
        return False
    vault.lock(row, secret=json.dumps(sorted(left - {digest})))
    Authenticator.objects.filter(pk=row.pk).update(secret=row.secret, used_at=at)
    return True
