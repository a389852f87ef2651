"""What locks and opens texts: writing the event first, in the same transaction.

No event, no plaintext. If the journal cannot be written, nothing is opened and the page fails.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.vault import cipher
from spheres.vault.models import DataKey, Kind, Lockable

Row = TypeVar("Row", bound=Lockable)

# What a reader sees in place of a text whose key was destroyed: a fact, not an error.
ERASED = _("[erased]")


def lock(row: Lockable, **texts: str) -> None:
    """Lock these texts into their fields of `row`, under the key of its owner and kind.

    The row keeps its own clear copy (`row.opened`) for the rest of the request: whoever just
    wrote a text needs no event to see it. An empty text stays empty.
    """
    number, key = _key_to_write(row.key_owner, row.KIND)
    for field, text in texts.items():
        if field not in row.locked_fields():
            raise TypeError(f"{type(row).__name__}.{field} is not a locked text.")
        kept = cipher.lock(text, key_number=number, key=key, place=_place(row, field)) if text else b""
        setattr(row, field, kept)
    row.__dict__["_opened"] = SimpleNamespace(
        **{field: texts.get(field, "") for field in row.locked_fields()}
    )


def open(  # noqa: A001 -- read as vault.open(rows, …)
    rows: Sequence[Row], *, by: Actor, sections: Iterable[str], action: str = "open"
) -> Sequence[Row]:
    """Write that `by` opens these rows, then open them: each gets `opened.<field>`.

    Rows of one file go to that file's chain; a list across files is one event in the reader's own
    chain, with the identifiers. Rows must come from a query made under the current context.
    Raises cipher.Sealed when a text was altered or moved.
    """
    if not rows:
        return rows
    owners = {row.key_owner for row in rows}
    audit.record(
        action if len(owners) == 1 else "list",
        by=by,
        file_id=next(iter(owners)) if len(owners) == 1 else None,
        sections=sections,
        records=[row.pk for row in rows],
    )
    _unlock(rows)
    return rows


def keyed_digest(use: str, text: str) -> bytes:
    """A digest nobody can make without the key file: to compare, or to derive an identifier."""
    return hmac.digest(settings.SPHERES_KEY, f"spheres/{use}|{text}".encode(), "sha256")


def digest(*rows: Lockable) -> bytes:
    """SHA-256 of the rows' versions and ciphertexts: what a write event keeps of a text."""
    seen = hashlib.sha256()
    for row in rows:
        for field in row.locked_fields():
            seen.update(f"{row.pk}|{field}|{row.text_version}|".encode() + bytes(getattr(row, field)))
    return seen.digest()


def _unlock(rows: Sequence[Lockable]) -> None:
    kept = [
        (row, {field: bytes(getattr(row, field)) for field in row.locked_fields()}) for row in rows
    ]
    keys = _keys({cipher.key_number(text) for _, texts in kept for text in texts.values() if text})
    for row, texts in kept:
        row.__dict__["_opened"] = SimpleNamespace(
            **{field: _clear(row, field, text, keys) for field, text in texts.items()}
        )


def _clear(row: Lockable, field: str, kept: bytes, keys: dict[int, AESGCM]) -> str:
    if not kept:
        return ""
    key = keys.get(cipher.key_number(kept))
    if key is None:
        return str(ERASED)
    return cipher.unlock(kept, key=key, place=_place(row, field))


def _place(row: Lockable, field: str) -> cipher.Place:
    return cipher.Place(
        row.key_owner, row._meta.db_table, field, row.pk, int(row.text_version)
    )


def _keys(numbers: set[int]) -> dict[int, AESGCM]:
    return {
        number: _unwrap(owner_id, kind, kek_id, wrapped)
        for number, owner_id, kind, kek_id, wrapped in DataKey.objects.filter(
            pk__in=numbers
        ).values_list("pk", "owner_id", "kind", "kek_id", "wrapped")
    }


def _key_to_write(owner_id: UUID, kind: Kind) -> tuple[int, AESGCM]:
    found = _key_of(owner_id, kind)
    if found is None:
        kek_id = settings.SPHERES_KEY_ID
        DataKey.objects.bulk_create(
            [
                DataKey(
                    number=secrets.randbits(63),
                    owner_id=owner_id,
                    kind=kind,
                    kek_id=kek_id,
                    wrapped=cipher.wrap(
                        os.urandom(32),
                        kek=settings.SPHERES_KEY,
                        kek_id=kek_id,
                        owner_id=owner_id,
                        kind=kind,
                    ),
                    minted_at=context.moment(),
                )
            ],
            ignore_conflicts=True,
        )
        found = _key_of(owner_id, kind)
        assert found is not None
    return found


def _key_of(owner_id: UUID, kind: Kind) -> tuple[int, AESGCM] | None:
    found = (
        DataKey.objects.filter(owner_id=owner_id, kind=kind)
        .values_list("pk", "kek_id", "wrapped")
        .first()
    )
    if found is None:
        return None
    number, kek_id, wrapped = found
    return number, _unwrap(owner_id, kind, kek_id, wrapped)


def _unwrap(owner_id: UUID, kind: str, kek_id: str, wrapped: bytes) -> AESGCM:
    kek = settings.SPHERES_KEYS.get(kek_id)
    if kek is None:
        raise cipher.Sealed(f"The key file {kek_id} is needed to open this text.")
    return cipher.unwrap(
        bytes(wrapped), kek=kek, kek_id=kek_id, owner_id=owner_id, kind=kind
    )
