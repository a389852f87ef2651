"""What is the least the same page could cost? Its own statements, replayed with nothing around.

The page is asked once in this process while its statements are noted; they are then replayed on a
bare connection, in one transaction under the same row security, and as many texts are decrypted
with the same keys. Identifiers made by the page are made anew at each replay.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from spheres.vault import cipher


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


def floor(noted: Noted, url: str, *, trivial: float, times: int = 100) -> float:
    """Milliseconds of the replay, of the decryption, and of the server's trivial page."""
    # What the page inserts bears a number of its own: the first value of each insert.
    made = {params[0] for sql, params in noted.statements if sql.startswith("INSERT")}
    options = "-c search_path=public,keys"
    with psycopg.connect(url, options=options) as database:
        replays = [replay(database, noted, made) for _ in range(times + 20)][20:]
    return statistics.median(replays) + decrypting(noted) + trivial


def renewed(params: Any, sql: str, anew: dict[UUID, UUID]) -> Any:
    """The values of a statement, by place or by name, with new identifiers."""
    if isinstance(params, Mapping):
        return {name: fresh(value, sql, anew) for name, value in params.items()}
    return [fresh(value, sql, anew) for value in params or ()] or None


def replay(database: psycopg.Connection[Any], noted: Noted, made: set[UUID]) -> float:
    anew = {old: uuid4() for old in made}
    began = time.perf_counter()
    for sql, params in noted.statements:
        # Values travel apart, as the pages send them, but where two commands travel at once.
        kind = psycopg.ClientCursor if ";" in sql else psycopg.Cursor
        with kind(database) as cursor:
            cursor.execute(sql, renewed(params, sql, anew))
            if cursor.description:
                cursor.fetchall()
    database.commit()
    return (time.perf_counter() - began) * 1000


def fresh(value: Any, sql: str, anew: dict[UUID, UUID]) -> Any:
    if isinstance(value, list):
        return [fresh(one, sql, anew) for one in value]
    if isinstance(value, UUID):
        return anew.get(value, value)
    if isinstance(value, int) and "access.enter" in sql:
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
