"""What is a verification number: can it be guessed, and is one of its signs mistyped?

Nineteen signs, 95 bits drawn from the house’s key, and a twentieth that checks them: one sign
mistyped, or two neighbours exchanged, is always seen. Neither I, L, O nor U is used, so that it is
read aloud and copied by hand.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from spheres.vault import actions as vault

SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 20, 5
_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def number_of(attestation_id: UUID) -> str:
    """Always the same for one attestation, and known to nobody who does not hold the key."""
    drawn = int.from_bytes(vault.keyed_digest("attestation number", str(attestation_id)), "big")
    signs = "".join(SIGNS[drawn >> 5 * place & 31] for place in range(LENGTH - 1))
    return signs + _check(signs)


def said(number: str) -> str:
    """In groups of five, as it is printed."""
    return "-".join(number[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(typed: str) -> str:
    """As it is kept, from what somebody typed; empty when a sign is missing or mistyped."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_ALIKE)
    whole = len(signs) == LENGTH and set(signs) <= set(SIGNS) and signs[-1] == _check(signs[:-1])
    return signs if whole else ""


def _check(signs: str) -> str:
    """A sum in the field of 32 elements, where each place weighs twice its neighbour."""
    total = 0
    for sign in signs:
        total = _twice(total ^ SIGNS.index(sign))
    return SIGNS[total]


def _twice(value: int) -> int:
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 32 else doubled
