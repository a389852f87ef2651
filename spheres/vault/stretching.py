"""What do a code and a PIN become together, and what is held of them while she is inside?

Neither is kept. Argon2id makes one secret of both; from it come two others that say nothing of each
other: what the door compares, which is kept, and what locks the key of her private pages, which is
not. That key is drawn at random, and kept locked: with another PIN it is locked anew, and stays the
same. While she is inside, what a page needs is locked under the key that her browser alone holds.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib.auth.hashers import Argon2PasswordHasher

from spheres.vault.cipher import Sealed

SALT, LENGTH, _NONCE = 16, 32, 12
# For a code that nobody has: it costs what a known one does.
OF_NOBODY: Final = bytes(SALT)


def new_salt() -> bytes:
    return os.urandom(SALT)


def stretch(code: str, pin: str, *, salt: bytes) -> bytes:
    """One secret of both, slow to make; as slow as a password of the house."""
    cost = Argon2PasswordHasher
    return hash_secret_raw(
        f"{code}|{pin}".encode(),
        salt,
        time_cost=cost.time_cost,
        memory_cost=cost.memory_cost,
        parallelism=cost.parallelism,
        hash_len=LENGTH,
        type=Type.ID,
    )


def verifier(stretched: bytes) -> bytes:
    """What the door keeps, to compare; nothing else can be made of it."""
    return hmac.digest(stretched, b"spheres/notebook/verifier/1", "sha256")


def new_pages_key() -> bytes:
    """The key of her private pages, drawn with each code: kept nowhere but locked."""
    return os.urandom(LENGTH)


def wrap_pages_key(key: bytes, *, stretched: bytes) -> bytes:
    """What is kept of it: both her numbers, together, are needed to open it."""
    nonce = os.urandom(_NONCE)
    return nonce + _wrapping(stretched).encrypt(nonce, key, b"pages key")


def pages_key(wrapped: bytes, *, stretched: bytes) -> bytes:
    """The key of her private pages. Raises Sealed for any other numbers."""
    return _opened(_wrapping(stretched), wrapped, b"pages key")


def _wrapping(stretched: bytes) -> AESGCM:
    return AESGCM(hmac.digest(stretched, b"spheres/notebook/pages/1", "sha256"))


def is_same(one: bytes, other: bytes) -> bool:
    """Compared in the same time, alike or not."""
    return hmac.compare_digest(one, other)


def hold(content: bytes, *, key: str) -> bytes:
    """Lock this under a key that the browser holds, and the database does not."""
    nonce = os.urandom(_NONCE)
    return nonce + _of(key).encrypt(nonce, content, b"notebook session")


def take(held: bytes, *, key: str) -> bytes:
    """What was held under this key. Raises Sealed under any other."""
    return _opened(_of(key), held, b"notebook session")


def _opened(key: AESGCM, kept: bytes, what: bytes) -> bytes:
    try:
        return key.decrypt(kept[:_NONCE], kept[_NONCE:], what)
    except (InvalidTag, ValueError) as why:
        raise Sealed("This was held under another key.") from why


def _of(key: str) -> AESGCM:
    # The key is drawn with 256 bits; apart from the hash by which its row is found.
    return AESGCM(hashlib.sha256(b"spheres/notebook/held/1|" + key.encode()).digest())
