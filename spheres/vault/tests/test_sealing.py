"""Does a copy open with its passphrase alone, as the open format says, and show what was changed?

The reader below is written from the text of the format (age-encryption.org/v1), not from our own
code: what the free tools do.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from spheres.vault import sealing

PASSPHRASE = "quatre mots que personne ne devine"
PIECE = 64 * 1024 + 16


def unsealed(made: bytes, passphrase: str = PASSPHRASE) -> bytes:
    """Read it as the format says."""
    version, stanza, body, rest = made.split(b"\n", 3)
    arrow, kind, salt, work = stanza.split(b" ")
    assert (version, arrow, kind) == (b"age-encryption.org/v1", b"->", b"scrypt")
    mac, payload = rest[4:].split(b"\n", 1)
    wrapping = hashlib.scrypt(
        passphrase.encode(), salt=b"age-encryption.org/v1/scrypt" + plain(salt), n=2 ** int(work),
        r=8, p=1, dklen=32, maxmem=2**28,
    )  # fmt: skip
    key = ChaCha20Poly1305(wrapping).decrypt(bytes(12), plain(body), None)
    header = b"\n".join([version, stanza, body, b"---"])
    derived = HKDF(SHA256(), 32, None, b"header").derive(key)
    assert hmac.compare_digest(hmac.digest(derived, header, "sha256"), plain(mac))
    nonce, locked = payload[:16], payload[16:]
    cipher = ChaCha20Poly1305(HKDF(SHA256(), 32, nonce, b"payload").derive(key))
    pieces = [locked[start : start + PIECE] for start in range(0, len(locked), PIECE)]
    return b"".join(
        cipher.decrypt(number.to_bytes(11, "big") + bytes([number == len(pieces) - 1]), one, None)
        for number, one in enumerate(pieces)
    )


def plain(text: bytes) -> bytes:
    return b64decode(text + b"=" * (-len(text) % 4))


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 64 * 1024 + 1, 200_000])
def test_what_was_sealed_is_read_again_whatever_its_size(size: int) -> None:
    content = bytes(number % 251 for number in range(size))

    made = sealing.seal(content, PASSPHRASE)

    assert unsealed(made) == content
    assert made != sealing.seal(content, PASSPHRASE)


def test_another_passphrase_and_a_changed_or_missing_byte_open_nothing() -> None:
    made = sealing.seal(b"Maya" * 40_000, PASSPHRASE)

    with pytest.raises(InvalidTag):
        unsealed(made, PASSPHRASE + "s")
    with pytest.raises(InvalidTag):
        unsealed(made[:-1] + bytes([made[-1] ^ 1]))
    with pytest.raises(InvalidTag):
        unsealed(made[: made.index(b"--- ") + 64 + 2 * PIECE])
    assert b"Maya" not in made


def test_the_same_words_open_it_whichever_way_their_accents_were_typed() -> None:
    made = sealing.seal(b"Maya", " cafe\u0301 au coin de la rue ")

    assert unsealed(made, "caf\u00e9 au coin de la rue") == b"Maya"
