"""What is locked with a key of hers that is kept nowhere: how is it written, and opened?

The key comes from her code and her PIN (`stretching`): neither the house nor a copy of all that it
holds opens such a row. That she opened some is told in her own chain, without saying which.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, TypeVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.vault import cipher
from spheres.vault.models import HersAlone, HerText, Opened

Row = TypeVar("Row", bound=HersAlone)
NO_KEY_OF_OURS: Final = 0


def lock(row: HersAlone, *, key: bytes, **texts: str) -> None:
    """Lock all its texts, at the version it has now; it keeps its own clear copy for the page."""
    if missing := {field.attname for field in _fields(row)} ^ texts.keys():
        raise TypeError(f"{type(row).__name__} locks all its texts at once: {sorted(missing)}.")
    for field in _fields(row):
        kept = cipher.lock(
            _filled(texts[field.attname], field.room),
            key_number=NO_KEY_OF_OURS,
            key=AESGCM(key),
            place=_place(row, field.attname),
        )
        setattr(row, field.attname, kept)
    row.__dict__["_opened"] = Opened(**texts)


def open(
    rows: Sequence[Row],
    *,
    key: bytes,
    by: Actor,
    sections: Iterable[str],
    only: Collection[str] = (),
) -> Sequence[Row]:
    """Write in her own chain that she opens some, then open them; `only` names what a list needs.

    What her key does not open stays closed, and its page says so.
    """
    if not rows:
        return rows
    audit.record("open", by=by, sections=sections)
    hers = AESGCM(key)
    for row in rows:
        fields = [field for field in _fields(row) if not only or field.attname in only]
        try:
            clear = {field.attname: _text(row, field, hers) for field in fields}
        except cipher.Sealed:
            continue
        row.__dict__["_opened"] = Opened(**clear)
    return rows


def _fields(row: HersAlone) -> list[HerText]:
    return [field for field in row._meta.concrete_fields if isinstance(field, HerText)]


def _text(row: HersAlone, field: HerText, key: AESGCM) -> str:
    bound_to = _place(row, field.attname).bound()
    filled = cipher.unlock_bytes(bytes(getattr(row, field.attname)), key=key, bound_to=bound_to)
    size = int.from_bytes(filled[:SIZE], "big")
    return filled[SIZE : SIZE + size].decode()


SIZE: Final = 4


def _filled(text: str, room: int) -> bytes:
    """How long it is, the text, then nothing, up to the room that any text of this field takes."""
    plain = text.encode()
    if len(plain) > room:
        raise ValueError("This text is longer than the room that is kept for it.")
    return len(plain).to_bytes(SIZE, "big") + plain.ljust(room, b"\0")


def _place(row: HersAlone, column: str) -> cipher.Place:
    return cipher.Place(row.file_id, row._meta.db_table, column, row.pk, int(row.version))
