"""How is a text sealed on a telephone so that the telephone itself cannot read it any more?

Each device has a key of ours of its own; each text is bound to its device and its number.
"""

from __future__ import annotations

from uuid import UUID

from spheres.vault import parcels


def public_key(device_id: UUID) -> bytes:
    """What the browser seals for."""
    return parcels.public_key(_of(device_id))


def open_sealed(sealed: bytes, *, device_id: UUID, entry_id: UUID) -> str:
    """What was typed. Raises vault.cipher.Sealed when it was altered, or sealed for another device
    or number."""
    return parcels.open_sealed(sealed, of=_of(device_id), bound=info(device_id, entry_id))


def info(device_id: UUID, entry_id: UUID) -> bytes:
    """What the key and the text are bound to, as the browser writes it."""
    return f"spheres street 1|{device_id}|{entry_id}".encode()


def _of(device_id: UUID) -> bytes:
    return b"street/" + device_id.bytes
