"""How is a text sealed on a telephone so that the telephone itself cannot read it any more?

For each device the server has a key pair, derived from the key file: the public half is given to
the browser, which makes a pair of its own for each text and throws the private half away. P-256
ECDH, HKDF-SHA256, AES-256-GCM: what every browser has (WebCrypto).
"""

from __future__ import annotations

import hmac
from typing import Final
from uuid import UUID

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


def public_key(device_id: UUID) -> bytes:
    """The point to seal for, uncompressed (65 bytes)."""
    return _point(_private(device_id, settings.SPHERES_KEY).public_key())


def open_sealed(sealed: bytes, *, device_id: UUID, entry_id: UUID) -> str:
    """What was typed. Raises Sealed when it was altered, or sealed for another device or number.

    While the key file changes, the old one still opens what was sealed before.
    """
    head = len(VERSION) + _POINT
    if len(sealed) < head + _NONCE or sealed[:1] != VERSION:
        raise Sealed("This was not sealed by the page of the street.")
    bound = info(device_id, entry_id)
    for kek in settings.SPHERES_KEYS.values():
        try:
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sealed[1:head])
            shared = _private(device_id, kek).exchange(ec.ECDH(), theirs)
            key = HKDF(SHA256(), 32, salt=sealed[1:head], info=bound).derive(shared)
            nonce, locked = sealed[head : head + _NONCE], sealed[head + _NONCE :]
            return AESGCM(key).decrypt(nonce, locked, bound).decode()
        except (InvalidTag, ValueError):
            continue
    raise Sealed("This was altered, or sealed for another device.")


def info(device_id: UUID, entry_id: UUID) -> bytes:
    """What the key and the text are bound to, as the browser writes it."""
    return f"spheres street 1|{device_id}|{entry_id}".encode()


def _private(device_id: UUID, kek: bytes) -> ec.EllipticCurvePrivateKey:
    drawn = hmac.digest(kek, b"spheres/street/1/" + device_id.bytes, "sha512")
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
