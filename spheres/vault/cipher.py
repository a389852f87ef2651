"""How is a text kept so that nobody reads it, moves it or alters it unseen?

AES-256-GCM with a random 96-bit nonce. A kept text is

    version (1 byte) · key number (8) · nonce (12) · ciphertext and tag

bound to its place: owner of the key, table, column, row and version. Moved anywhere else, or
changed by one bit, it refuses to open. Texts are padded to steps of 256 bytes, so that a length
tells little (security.md §4.1).
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
STEP = 256
_HEAD = struct.Struct(">BQ12s")
_NONCE = 12


class Sealed(Exception):
    """This text does not open here: altered, moved, of another version, or its key is gone."""


class Place(NamedTuple):
    """Where a text belongs; part of what is authenticated."""

    owner_id: UUID
    table: str
    column: str
    row_id: UUID
    version: int

    def bound(self) -> bytes:
        return bound(self.owner_id, self.table, self.row_id, self.version)(self.column)


def bound(owner_id: UUID, table: str, row_id: UUID, version: int) -> Callable[[str], bytes]:
    """What is authenticated with each text of one row: written once, then asked by column."""
    head, tail = f"v{FORMAT}|{owner_id}|{table}|", f"|{row_id}|{version}"
    return lambda column: f"{head}{column}{tail}".encode()


def lock(text: str | bytes, *, key_number: int, key: AESGCM, place: Place) -> bytes:
    """Encrypt `text` for this place."""
    nonce = os.urandom(_NONCE)
    head = _HEAD.pack(FORMAT, key_number, nonce)
    plain = text if isinstance(text, bytes) else text.encode()
    return head + key.encrypt(nonce, _pad(plain), place.bound())


def unlock(kept: bytes, *, key: AESGCM, bound_to: bytes) -> str:
    """Decrypt what was kept at this place. Raises Sealed, never a partial text."""
    try:
        return unlock_bytes(kept, key=key, bound_to=bound_to).decode()
    except UnicodeDecodeError as why:
        raise Sealed("This text does not open at this place.") from why


def unlock_bytes(kept: bytes, *, key: AESGCM, bound_to: bytes) -> bytes:
    """The same, of what is no text: a page of a scanned paper."""
    try:
        _, _, nonce = _HEAD.unpack_from(kept)
        return _unpad(key.decrypt(nonce, kept[_HEAD.size :], bound_to))
    except (InvalidTag, struct.error, ValueError) as why:
        raise Sealed("This text does not open at this place.") from why


def key_number(kept: bytes) -> int:
    """Which key locked this text. Raises Sealed when it is not of a known format."""
    try:
        version, number, _ = _HEAD.unpack_from(kept)
    except struct.error as why:
        raise Sealed("This is not a kept text.") from why
    if version != FORMAT:
        raise Sealed("This text was kept in an unknown format.")
    if number >= 1 << 63:
        raise Sealed("No key was ever given this number.")
    return int(number)


class KeyPlace(NamedTuple):
    """Where a data key belongs; part of what its wrapping authenticates."""

    number: int
    owner_id: UUID
    kind: str
    kek_id: str

    def bound(self) -> bytes:
        return f"dek|{self.number}|{self.owner_id}|{self.kind}|{self.kek_id}".encode()


def wrap(key: bytes, *, kek: bytes, place: KeyPlace) -> bytes:
    """Encrypt a data key with the key-encryption key, for this place."""
    nonce = os.urandom(_NONCE)
    return nonce + _aead(kek).encrypt(nonce, key, place.bound())


def unwrap(wrapped: bytes, *, kek: bytes, place: KeyPlace) -> bytes:
    """Open a wrapped data key. Raises Sealed when it was wrapped by another key, or moved."""
    try:
        return _aead(kek).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], place.bound())
    except (InvalidTag, ValueError) as why:
        raise Sealed("This key was wrapped by another key file.") from why


@lru_cache(maxsize=4)
def _aead(kek: bytes) -> AESGCM:
    return AESGCM(kek)


def _pad(plain: bytes) -> bytes:
    return plain + b"\x80" + b"\0" * (-(len(plain) + 1) % STEP)


def _unpad(padded: bytes) -> bytes:
    plain, mark, rest = padded.rpartition(b"\x80")
    if not mark or rest.strip(b"\0"):
        raise ValueError("padding")
    return plain
