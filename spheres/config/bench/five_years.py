"""What stands in one file after five years, when every kind of record was used?

Asked of the registry: a kind of record that comes later is in it from its first day. Added to the
copy of a world that is measured, so that no world has to be made anew.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from spheres.config.bench import world
from spheres.core.states import StatusRow
from spheres.records import registry
from spheres.records.timeline import beside_of
from spheres.vault import cipher
from spheres.vault.models import Kind, LockedText

EACH, DAYS = 60, 1826  # of every kind, over five years
RANK: Final = world.PEOPLE_EACH - 1
# Words of the region, where any word would not be read.
SAID: Final[dict[str, dict[str, object]]] = {
    "notes_note": {"kind": "meeting"},
    "urgent_needs_urgentneed": {"need": "food"},
    "exercises_plansheet": {"exercise": "gives-and-costs", "version": 1},
    "exercises_safetysheet": {"exercise": "where-i-feel-safe", "version": 4},
    "accompaniments_accompaniment": {"kind": "housing"},
    "activities_participation": {"kind": "solo", "idea": "sport"},
    "life_plan_aim": {"domain": "home"},
    "safety_net_sheet": {"rhythm": ""},
    "stage_marks_stagemark": {"topic": "sleep", "stage": "action"},
    "success_choice": {"statements": ["my_place"]},
}


def fill(url: str) -> int:
    """Write them as the owner of the database; how many records there are. Returns their number."""
    file_id, worker = world.number("file", RANK), world.number("user", 0)
    count = 0
    with world.connect(url) as owner:
        lock = _locker(owner, file_id)
        for kind in registry.all_types():
            tables = [
                kind.model._meta.db_table,
                *(m._meta.db_table for _, m, _c in beside_of(kind)),
            ]
            _lift(owner, tables)
            rows: list[dict[str, Any]] = []
            standing: dict[str, list[dict[str, Any]]] = {}
            for place in range(EACH):
                when = world.NOW - timedelta(days=DAYS * place // EACH, hours=1)
                row = row_of(kind.model, kind.slug, place, file_id, worker, when, lock)
                rows.append(row)
                for _name, model, column in beside_of(kind):
                    said = {column: row["id"], "file_id": file_id}
                    standing.setdefault(model._meta.db_table, []).append(
                        _stands(model, said, worker, when)
                    )
            world.copy_all(owner, kind.model._meta.db_table, rows)
            for table, found in standing.items():
                world.copy_all(owner, table, found)
            _put_back(owner, tables)
            count += len(rows)
    return count


def _lift(owner: psycopg.Connection[Any], tables: list[str]) -> None:
    for table in tables:
        owner.execute(f"alter table {table} disable row level security")
        owner.execute(f"alter table {table} disable trigger user")


def _put_back(owner: psycopg.Connection[Any], tables: list[str]) -> None:
    for table in tables:
        owner.execute(f"alter table {table} enable trigger user")
        owner.execute(f"alter table {table} enable row level security")
        owner.execute(f"alter table {table} force row level security")


def _locker(owner: psycopg.Connection[Any], file_id: UUID) -> Any:
    """What locks a text with the key that the file has already."""
    number, kek, wrapped = owner.execute(
        "select number, kek_id, wrapped from keys.vault_datakey where owner_id = %s and kind = %s",
        [file_id, Kind.FOLLOW_UP.value],
    ).fetchone() or (0, "", b"")
    place = cipher.KeyPlace(number, file_id, Kind.FOLLOW_UP, kek)
    aead = AESGCM(cipher.unwrap(bytes(wrapped), kek=settings.SPHERES_KEY, place=place))

    def lock(text: str, table: str, column: str, row_id: UUID) -> bytes:
        where = cipher.Place(file_id, table, column, row_id, 1)
        return cipher.lock(text, key_number=number, key=aead, place=where)

    return lock


def row_of(
    model: type[models.Model],
    slug: str,
    place: int,
    file_id: UUID,
    worker: UUID,
    when: datetime,
    lock: Any,
) -> dict[str, Any]:
    """One record of this kind, with what each of its columns takes."""
    table, record = model._meta.db_table, world.number(f"five years of {slug}", place)
    known: dict[str, object] = {
        "id": record, "file_id": file_id, "written_by": worker, "written_at": when,
        "occurred_at": when, "number": 1000 + place, "root_id": record, **SAID.get(table, {}),
    }  # fmt: skip
    row: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, LockedText):
            text = "{}" if field.attname == "answers" else world.HER_WORDS
            row[field.attname] = lock(text, table, field.attname, record)
        elif field.attname in known:
            row[field.attname] = known[field.attname]
        elif field.null:
            row[field.attname] = None
        else:
            row[field.attname] = _dull(field, when)
    return row


def _dull(field: models.Field[Any, Any], when: datetime) -> object:
    """A value that the column takes, where nothing is shown of it."""
    if field.has_default():
        return field.get_default()
    if field.choices:
        return next(iter(field.choices))[0]
    if isinstance(field, models.DateTimeField):
        return when
    if isinstance(field, models.DateField):
        return when.date()
    if isinstance(field, ArrayField):
        return []
    if isinstance(field, models.JSONField):
        return json.dumps({})
    return 1 if isinstance(field, models.IntegerField) else "other"


def _stands(
    model: type[models.Model], said: dict[str, Any], worker: UUID, when: datetime
) -> dict[str, Any]:
    """Where each begins: the first of its states."""
    assert issubclass(model, StatusRow)
    row = {**said, "status": next(iter(model.MOVES)), "status_by": worker, "status_at": when}
    for field in model._meta.concrete_fields:
        if field.attname not in row:
            row[field.attname] = None if field.null else _dull(field, when)
    return row
