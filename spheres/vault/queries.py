"""What says that a kept text is the one that was written?

The cipher refuses a text that was altered or moved. It cannot refuse a whole old row put back in
its own place; the journal can, since each act of writing leaves the digest of what it wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.apps import apps

from spheres.vault.models import Lockable

DIGEST = 32


class Doubt(StrEnum):
    ALTERED = "altered"  # not what the last act of writing left
    UNTOLD = "untold"  # no act of writing speaks of it


@dataclass(frozen=True)
class DoubtfulRow:
    """A row whose texts the journal does not confirm."""

    table: str
    row_id: UUID
    doubt: Doubt


def digest(*rows: Lockable) -> bytes:
    """One SHA-256 for each row, of its version and ciphertexts: what an act of writing leaves."""
    return b"".join(_digest(row.pk, row.text_version, _kept(row)) for row in rows)


def doubtful_rows(file_id: UUID, *, connection: Any) -> list[DoubtfulRow]:
    """The rows of one file that differ from what the journal says was last written.

    Nothing is decrypted. `connection` is Django's, or one of the role `backup` for all sections.
    """
    with connection.cursor() as cursor:
        told_of, told = _told(file_id, cursor)
        return [
            DoubtfulRow(table, row_id, Doubt.ALTERED if row_id in told_of else Doubt.UNTOLD)
            for table, row_id, found in _rows(file_id, cursor)
            if found not in told_of.get(row_id, told)
        ]


def models_of_files() -> list[type[Lockable]]:
    """Every model whose texts hang on a file and are locked with the file's own keys."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Lockable)
        and model.key_owner is Lockable.key_owner
        and model.locked_fields()
        and any(field.column == "file_id" for field in model._meta.concrete_fields)
    ]


def _kept(row: Lockable) -> dict[str, bytes]:
    return told_texts(row, {field: getattr(row, field) for field in row.locked_fields()})


def told_texts(model: Lockable | type[Lockable], texts: Mapping[str, Any]) -> dict[str, bytes]:
    """The ciphertexts a digest covers; one the model gained later, once it says something."""
    return {
        field: texts[field]
        for field in model.locked_fields()
        if texts[field] or field not in model.ADDED
    }


def _digest(row_id: UUID, version: int, texts: Mapping[str, bytes]) -> bytes:
    seen = hashlib.sha256()
    for field, text in texts.items():
        seen.update(f"{row_id}|{field}|{version}|{len(text)}|".encode() + bytes(text))
    return seen.digest()


def _authors(file_id: UUID, cursor: Any) -> Iterator[UUID]:
    """Whose texts of this file the journal of the file does not tell: sealed, or a report to youth
    protection. What they wrote is told in their own chains."""
    for model in models_of_files():
        author = getattr(getattr(model, "access", None), "author", None)
        author = author or ("written_by" if model.IN_READERS_CHAIN else None)
        if author:
            table = model._meta.db_table
            cursor.execute(f"select distinct {author} from {table} where file_id = %s", [file_id])  # noqa: S608 -- our names
            yield from [who for (who,) in cursor.fetchall()]


def _told(file_id: UUID, cursor: Any) -> tuple[dict[UUID, set[bytes]], set[bytes]]:
    """What the last act naming each row left, and all that any act left."""
    told_of: dict[UUID, set[bytes]] = {}
    told: set[bytes] = set()
    cursor.execute(
        "select record_ids, digest from audit_event "
        "where chain_id = any(%s) and length(digest) > 0 order by number",
        [[file_id, *_authors(file_id, cursor)]],
    )
    for record_ids, digests in cursor:
        left = {bytes(digests[n : n + DIGEST]) for n in range(0, len(digests), DIGEST)}
        told |= left
        told_of |= dict.fromkeys(record_ids, left)
    return told_of, told


def _rows(file_id: UUID, cursor: Any) -> Iterator[tuple[str, UUID, bytes]]:
    for model in models_of_files():
        table, fields = model._meta.db_table, model.locked_fields()
        has_version = any(f.column == "text_version" for f in model._meta.concrete_fields)
        version = "text_version" if has_version else str(model.text_version)
        quoted = ", ".join(f'"{name}"' for name in fields)  # a column may be called «window»
        cursor.execute(
            f"select {model._meta.pk.column}, {version}, {quoted} "  # noqa: S608 -- our names
            f"from {table} where file_id = %s order by 1",
            [file_id],
        )
        for row_id, number, *texts in cursor.fetchall():
            said = told_texts(model, dict(zip(fields, texts, strict=True)))
            yield table, row_id, _digest(row_id, number, said)
