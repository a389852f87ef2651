"""How is a text sealed for a key of ours, by whoever holds no secret of ours?

A telephone in the street, another programme: each is given a point of P-256 and makes a pair of its
own for each text, whose private half it throws away. ECDH, HKDF-SHA256, AES-256-GCM: what every
browser has (WebCrypto). Our private halves are derived from the key file, one for each purpose.
"""

from __future__ import annotations

import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from spheres.vault.cipher import Sealed

VERSION: Final = b"\x01"
_POINT, _NONCE = 65, 12
# The order of P-256 (FIPS 186-5): a private key is a number below it.
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def public_key(of: bytes) -> bytes:
    """The point to seal for, uncompressed (65 bytes), for one purpose of ours."""
    return _point(_private(of, settings.SPHERES_KEY).public_key())


def seal(text: str, *, to: bytes, bound: bytes) -> bytes:
    """What only the holder of the private half opens. Raises ValueError for what is no point."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), to)
    mine = ec.generate_private_key(ec.SECP256R1())
    point, nonce = _point(mine.public_key()), os.urandom(_NONCE)
    key = _key(mine.exchange(ec.ECDH(), theirs), point, bound)
    return VERSION + point + nonce + AESGCM(key).encrypt(nonce, text.encode(), bound)


def open_sealed(sealed: bytes, *, of: bytes, bound: bytes) -> str:
    """What was sealed for this purpose of ours, bound to the same words. Raises Sealed when it was
    altered, or sealed for somebody else.

    While the key file changes, the old one still opens what was sealed before.
    """
    head = len(VERSION) + _POINT
    if len(sealed) < head + _NONCE or sealed[:1] != VERSION:
        raise Sealed("This was not sealed for us.")
    point, nonce = sealed[1:head], sealed[head : head + _NONCE]
    for kek in settings.SPHERES_KEYS.values():
        try:
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
            key = _key(_private(of, kek).exchange(ec.ECDH(), theirs), point, bound)
            return AESGCM(key).decrypt(nonce, sealed[head + _NONCE :], bound).decode()
        except (InvalidTag, ValueError):
            continue
    raise Sealed("This was altered, or sealed for somebody else.")


def code(of: bytes) -> bytes:
    """A secret that only this installation makes again, for one thing it sent."""
    return _code(of, settings.SPHERES_KEY)


def codes(of: bytes) -> list[bytes]:
    """The same, by each key file that still opens: while it changes, what was given before is
    recognised."""
    return [_code(of, kek) for kek in settings.SPHERES_KEYS.values()]


def _code(of: bytes, kek: bytes) -> bytes:
    return hmac.digest(kek, b"spheres/code/1/" + of, "sha256")


def _key(shared: bytes, point: bytes, bound: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=point, info=bound).derive(shared)


def _private(of: bytes, kek: bytes) -> ec.EllipticCurvePrivateKey:
    drawn = hmac.digest(kek, b"spheres/parcel/1/" + of, "sha512")
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
