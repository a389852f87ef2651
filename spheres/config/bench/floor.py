"""What is the least the same page could cost? Its own statements, replayed with nothing around.

The page is asked once in this process while its statements are noted; they are then replayed on a
bare connection, in one transaction under the same row security, and as many texts are decrypted
with the same keys. Identifiers made by the page are made anew at each replay.

What protects is told apart: the entrance and row security (what is read is read once more by a role
that row security does not bind; what a statement itself asks of `access` is not told apart), the
texts opened, the event of the journal.
"""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from spheres.vault import cipher

ENTRANCE: Final = "access.enter"
JOURNAL: Final = '"audit_event"'
WRITES: Final = re.compile(r"\s*(insert|update|delete|set)\b", re.IGNORECASE)


@dataclass
class Noted:
    """The statements of one page, and how many texts it opened."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    texts: int = 0
    keys: int = 0


def note(ask: Callable[[], Any]) -> Noted:
    """Ask the page once, in this process, and note what it says to the database."""
    noted = Noted()

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        noted.statements.append((sql, params))
        return run(sql, params, many, context)

    unlock, unwrap = cipher.unlock, cipher.unwrap

    def counted_unlock(*args: Any, **kwargs: Any) -> str:
        noted.texts += 1
        return unlock(*args, **kwargs)

    def counted_unwrap(*args: Any, **kwargs: Any) -> bytes:
        noted.keys += 1
        return unwrap(*args, **kwargs)

    cipher.unlock, cipher.unwrap = counted_unlock, counted_unwrap
    try:
        with connection.execute_wrapper(execute):
            ask()
    finally:
        cipher.unlock, cipher.unwrap = unlock, unwrap
    return noted


@dataclass(frozen=True)
class Floor:
    """Milliseconds: the least that a page costs; of it, what protects, apart.

    What the page does around them, to sign its entrance or to name an event, is in none of them.
    """

    least: float
    access: float
    texts: float
    event: float

    @property
    def protects(self) -> float:
        return self.access + self.texts + self.event


def floor(noted: Noted, url: str, unbound_url: str, *, trivial: float, times: int = 100) -> Floor:
    """Milliseconds of the replay, of the decryption, and of the server's trivial page.

    `unbound_url` is of a role that reads and that row security does not bind.
    """
    # What the page inserts bears a number of its own: the first value of each insert.
    made = {params[0] for sql, params in noted.statements if sql.startswith("INSERT")}
    ours = replays(url, noted, made, times)
    free = replays(unbound_url, noted, made, times, reads_only=True)
    texts = decrypting(noted)
    least = sum(ours) + texts + trivial
    event, access, writes = 0.0, 0.0, False
    for (sql, _params), bound, freely in zip(noted.statements, ours, free, strict=False):
        if JOURNAL in sql:
            event += bound
        elif WRITES.match(sql):
            writes = True
        elif ENTRANCE in sql:
            access += bound
        else:
            access += max(bound - freely, 0)
    if event and not writes:
        event += ours[-1]  # without it, nothing would be committed
    return Floor(least, access, texts, event)


def replays(
    url: str, noted: Noted, made: set[UUID], times: int, *, reads_only: bool = False
) -> list[float]:
    """The median of each statement, and of the commit, over so many replays."""
    options = "-c search_path=public,keys"
    with psycopg.connect(url, options=options) as database:
        found = [replay(database, noted, made, reads_only) for _ in range(times + 20)][20:]
    return [statistics.median(each) for each in zip(*found, strict=True)]


def renewed(params: Any, sql: str, anew: dict[UUID, UUID]) -> Any:
    """The values of a statement, by place or by name, with new identifiers."""
    if isinstance(params, Mapping):
        return {name: fresh(value, sql, anew) for name, value in params.items()}
    return [fresh(value, sql, anew) for value in params or ()] or None


def replay(
    database: psycopg.Connection[Any], noted: Noted, made: set[UUID], reads_only: bool
) -> list[float]:
    """Milliseconds of each statement and of the commit. What is left out takes none."""
    anew, took = {old: uuid4() for old in made}, []
    for sql, params in noted.statements:
        if reads_only and (JOURNAL in sql or WRITES.match(sql)):
            took.append(0.0)
            continue
        # Values travel apart, as the pages send them, but where two commands travel at once.
        kind = psycopg.ClientCursor if ";" in sql else psycopg.Cursor
        began = time.perf_counter()
        with kind(database) as cursor:
            cursor.execute(sql, renewed(params, sql, anew))
            if cursor.description:
                cursor.fetchall()
        took.append((time.perf_counter() - began) * 1000)
    began = time.perf_counter()
    database.commit()
    return [*took, (time.perf_counter() - began) * 1000]


def fresh(value: Any, sql: str, anew: dict[UUID, UUID]) -> Any:
    if isinstance(value, list):
        return [fresh(one, sql, anew) for one in value]
    if isinstance(value, UUID):
        return anew.get(value, value)
    if isinstance(value, int) and ENTRANCE in sql:
        return int(time.time()) + 60
    return value


def decrypting(noted: Noted) -> float:
    """Milliseconds to unwrap as many keys and open as many texts of 768 bytes."""
    kek, data_key = AESGCM(os.urandom(32)), os.urandom(32)
    nonce = os.urandom(12)
    wrapped = kek.encrypt(nonce, data_key, b"")
    aead = AESGCM(data_key)
    kept = aead.encrypt(nonce, b"x" * 768, b"")
    began = time.perf_counter()
    for _ in range(noted.keys):
        AESGCM(kek.decrypt(nonce, wrapped, b""))
    for _ in range(noted.texts):
        aead.decrypt(nonce, kept, b"")
    return (time.perf_counter() - began) * 1000
