"""What was written last in one file, and in which files did one write last? Of all kinds at once.

One statement, however many kinds of record there are; where each stands is asked of those shown
only. The rows are as the models read them, still locked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
WAITING = 20  # at most, above what happened
_waits: dict[str, str] = {}


@dataclass(frozen=True)
class Place:
    """Where one stopped reading: after this record, of this moment."""

    at: datetime
    record_id: UUID


def stand_above(slug: str, condition: str) -> None:
    """Register SQL on the row `t` of a kind: true while one waits, above what happened."""
    _waits[slug] = condition


def newest(
    file_id: UUID,
    *,
    actor: Actor,
    since: datetime | None,
    most: int,
    kind: str = "",
    after: Place | None = None,
    waiting: bool = False,
) -> list[tuple[RecordType, Record]]:
    """The newest records of one file, and their kind; only those of after `since` if it is said.

    Of one `kind`, if it is named; from where one stopped. With `waiting`, what waits for an answer
    comes too, however old, beside as many others as were asked.
    """
    context.require(actor)
    said = {
        "file": file_id,
        "since": since,
        "most": most,
        "at": after.at if after else None,
        "after": after.record_id if after else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_newest(kind, waiting), said)
        return [_read(*row) for row in cursor.fetchall()]


def kinds_of(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[RecordType]:
    """The kinds of which this actor reads something in one file."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(_kinds(), {"file": file_id, "since": since})
        return [registry.get(slug) for (slug,) in cursor.fetchall()]


def written_about(*, actor: Actor, most: int) -> list[UUID]:
    """The files in which this actor wrote last, the last one first, each once."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute(_written(), {"user": actor.user_id, "most": most})
        return list(dict.fromkeys(file_id for file_id, _at in cursor.fetchall()))


OF_FILE = "t.file_id = %(file)s and (%(since)s::timestamptz is null or t.occurred_at >= %(since)s)"
FURTHER = (
    "(%(at)s::timestamptz is null or t.occurred_at < %(at)s "
    "or t.occurred_at = %(at)s and t.id > %(after)s::uuid)"
)


@cache
def _newest(only: str, waiting: bool) -> str:
    kinds = [kind for kind in registry.all_types() if only in {"", kind.slug}]
    above = {kind.slug: _waits[kind.slug] for kind in kinds if waiting and kind.slug in _waits}
    others = " union all ".join(
        _part(
            kind,
            f"{FURTHER} and not ({above[kind.slug]})" if kind.slug in above else FURTHER,
            "%(most)s",
        )
        for kind in kinds
    )
    first = "".join(
        f" union all {_part(registry.get(slug), waits, str(WAITING))}"
        for slug, waits in above.items()
    )
    beside = []
    for kind in kinds:
        pairs = ", ".join(
            f"'{name}', (select {as_json(model, 'b')} from {model._meta.db_table} b "  # noqa: S608 -- ours
            f"where b.{column} = n.id)"
            for name, model, column in beside_of(kind)
        )
        beside.append(f"when '{kind.slug}' then json_build_object({pairs})")
    return (
        f"select n.kind, n.row, case n.kind {' '.join(beside)} end from ("  # noqa: S608 -- ours
        f"(select o.* from ({others}) o order by o.at desc, o.id limit %(most)s){first}) n "
        "order by n.at desc, n.id"
    )


def _part(kind: RecordType, condition: str, most: str) -> str:
    return (
        f"(select '{kind.slug}' as kind, t.occurred_at as at, t.id, {as_json(kind.model, 't')} "  # noqa: S608 -- every name is ours
        f"as row from {kind.model._meta.db_table} t where {OF_FILE} and {condition} "
        f"order by t.occurred_at desc, t.id limit {most})"
    )


@cache
def _kinds() -> str:
    return " union all ".join(
        f"select '{kind.slug}' where exists "  # noqa: S608 -- every name is ours
        f"(select from {kind.model._meta.db_table} t where {OF_FILE})"
        for kind in registry.all_types()
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
