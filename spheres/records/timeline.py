"""What was written last in one file, and in which files did one write last? Of all kinds at once.

One statement, however many kinds of record there are; where each stands is asked of those shown
only. The rows are as the models read them, still locked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from spheres.core import context
from spheres.core.actor import Actor
from spheres.records import registry
from spheres.records.models import Record
from spheres.records.registry import RecordType
from spheres.vault.models import LockedText

Read = dict[str, Any]


def newest(
    file_id: UUID, *, actor: Actor, since: datetime | None, most: int
) -> list[tuple[RecordType, Record]]:
    """The newest records of one file, and their kind; only those of after `since` if it is said."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(_newest(), {"file": file_id, "since": since, "most": most})
        return [_read(*row) for row in cursor.fetchall()]


def written_about(*, actor: Actor, most: int) -> list[UUID]:
    """The files in which this actor wrote last, the last one first, each once."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(_written(), {"user": actor.user_id, "most": most})
        return list(dict.fromkeys(file_id for file_id, _at in cursor.fetchall()))


@cache
def _newest() -> str:
    parts, beside = [], []
    for kind in registry.all_types():
        table = kind.model._meta.db_table
        parts.append(
            f"(select '{kind.slug}' as kind, t.occurred_at as at, t.id, {as_json(kind.model, 't')} "  # noqa: S608 -- every name is ours
            f"as row from {table} t where t.file_id = %(file)s "
            "and (%(since)s::timestamptz is null or t.occurred_at >= %(since)s) "
            "order by t.occurred_at desc, t.id limit %(most)s)"
        )
        pairs = ", ".join(
            f"'{name}', (select {as_json(model, 'b')} from {model._meta.db_table} b "  # noqa: S608 -- ours
            f"where b.{column} = n.id)"
            for name, model, column in beside_of(kind)
        )
        beside.append(f"when '{kind.slug}' then json_build_object({pairs})")
    return (
        f"select n.kind, n.row, case n.kind {' '.join(beside)} end from ("  # noqa: S608 -- ours
        f"{' union all '.join(parts)} order by at desc, id limit %(most)s) n "
        "order by n.at desc, n.id"
    )


@cache
def _written() -> str:
    parts = (
        f"(select file_id, written_at from {kind.model._meta.db_table} "  # noqa: S608 -- ours
        "where written_by = %(user)s order by written_at desc, id limit %(most)s)"
        for kind in registry.all_types()
    )
    return f"select w.* from ({' union all '.join(parts)}) w order by 2 desc limit %(most)s"  # noqa: S608 -- ours


def beside_of(kind: RecordType) -> Iterator[tuple[str, type[models.Model], str]]:
    """The rows that say where a record stands: their name, their model, the column that joins."""
    for name in kind.beside:
        relation = kind.model._meta.get_field(name)
        yield name, relation.related_model, relation.field.column  # type: ignore[union-attr, misc]


def as_json(model: type[models.Model], table: str) -> str:
    """SQL of one row, as json; what is locked, as it is kept."""
    pairs = (
        f"'{field.attname}', "
        + (
            f"encode({table}.{field.column}, 'hex')"
            if isinstance(field, LockedText)
            else f"{table}.{field.column}"
        )
        for field in model._meta.concrete_fields
    )
    return f"json_build_object({', '.join(pairs)})"


def _read(slug: str, row: Read, beside: Read) -> tuple[RecordType, Record]:
    kind = registry.get(slug)
    record = from_json(kind.model, row)
    for name, model, _column in beside_of(kind):
        setattr(record, name, from_json(model, beside[name]))
    return kind, record


def from_json(model: type[Any], row: Read) -> Any:
    """The row that `as_json` said, as its model reads it."""
    fields = model._meta.concrete_fields
    return model.from_db(
        "default",
        [field.attname for field in fields],
        [_value(field, row[field.attname]) for field in fields],
    )


def _value(field: models.Field, said: Any) -> Any:
    if isinstance(field, LockedText):
        return bytes.fromhex(said)
    if isinstance(field, ArrayField) and said is not None:
        return [field.base_field.to_python(each) for each in said]
    return field.to_python(said)
