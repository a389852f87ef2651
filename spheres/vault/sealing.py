"""How does a copy leave the house so that only a passphrase opens it, without this software?

In the open format «age» (age-encryption.org/v1), which free tools read on every system: the key of
the file is wrapped by the passphrase (scrypt), the copy is locked in pieces of 64 KiB
(ChaCha20-Poly1305), and whoever opens it sees at once if a byte was changed or left out.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from base64 import b64encode
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION: Final = b"age-encryption.org/v1"
WORK: Final = 16  # scrypt: 2^16, 64 MiB, a quarter of a second
PIECE: Final = 64 * 1024
SHORTEST: Final = 16  # letters of a passphrase


def seal(content: bytes, passphrase: str) -> bytes:
    """This content, locked under this passphrase; twice the same content never looks the same."""
    key, salt = secrets.token_bytes(16), secrets.token_bytes(16)
    wrapped = ChaCha20Poly1305(_wrapping_key(passphrase, salt)).encrypt(bytes(12), key, None)
    header = b"\n".join(
        [VERSION, b"-> scrypt " + _text(salt) + b" %d" % WORK, _text(wrapped), b"---"]
    )
    mac = hmac.digest(_derive(key, b"", b"header"), header, "sha256")
    nonce = secrets.token_bytes(16)
    return header + b" " + _text(mac) + b"\n" + nonce + _pieces(content, key, nonce)


def _pieces(content: bytes, key: bytes, nonce: bytes) -> bytes:
    """Each piece says its place, and the last one that it is the last."""
    cipher = ChaCha20Poly1305(_derive(key, nonce, b"payload"))
    starts = range(0, len(content), PIECE) or range(1)
    return b"".join(
        cipher.encrypt(
            number.to_bytes(11, "big") + bytes([start + PIECE >= len(content)]),
            content[start : start + PIECE],
            None,
        )
        for number, start in enumerate(starts)
    )


def _wrapping_key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        normal(passphrase).encode(),
        salt=VERSION + b"/scrypt" + salt,
        n=2**WORK, r=8, p=1, dklen=32, maxmem=2 ** (WORK + 11),
    )  # fmt: skip


def normal(passphrase: str) -> str:
    """As it is typed on any keyboard: an accent is one sign, whichever way it was made."""
    return unicodedata.normalize("NFC", passphrase.strip())


def _derive(key: bytes, salt: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt or None, use).derive(key)


def _text(value: bytes) -> bytes:
    return b64encode(value).rstrip(b"=")
