"""How does a room find its questions, and a sheet of before its own of after?"""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Final
from uuid import UUID

from spheres.vault import actions as vault

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none is taken for another, read aloud
LENGTH: Final = 8
OWN: Final = re.compile(r"[A-Z]{2}\d{2}")


def new_room() -> str:
    """Of chance: nobody finds a room by trying."""
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def plain(typed: str) -> str:
    """As it counts: capitals, without accents, spaces nor dashes."""
    apart = unicodedata.normalize("NFKD", typed).upper()
    return "".join(sign for sign in apart if sign.isascii() and sign.isalnum())


def is_own(typed: str) -> bool:
    """Two letters and two figures."""
    return OWN.fullmatch(plain(typed)) is not None


def mark(salt: UUID, typed: str) -> str:
    """What stands for a self-made code in one session, and in no other: without the salt and the
    key file nobody makes it again."""
    return vault.keyed_digest("learning", f"{salt}|{plain(typed)}").hex()[:32]
