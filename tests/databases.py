"""In which database does Django work just now, and how does it leave one or go to another?"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg_pool import ConnectionPool

# The pools of databases that nobody works in just now; their connections stay warm.
PARKED: dict[str, ConnectionPool[Any]] = {}


def leave_the_database() -> None:
    """Give back every connection, pooled ones too: with one left, a database can be neither copied
    nor dropped."""
    connection.close()
    if connection.settings_dict["OPTIONS"].get("pool"):
        connection.close_pool()
    while PARKED:
        PARKED.popitem()[1].close()
    # A connection that a failed or raced test let fall closes when it is forgotten. What is still
    # held is set aside, so that the next look is at what came since alone.
    gc.collect()
    gc.freeze()


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """Django's own connection works in this database for a while; each keeps its pool."""
    before = connection.settings_dict["NAME"]
    _go_to(name)
    try:
        yield
    finally:
        _go_to(before)


def _go_to(name: str) -> None:
    connection.close()
    pools = connection._connection_pools
    if left := pools.pop(connection.alias, None):
        PARKED[connection.settings_dict["NAME"]] = left
    if kept := PARKED.pop(name, None):
        pools[connection.alias] = kept
    connection.settings_dict["NAME"] = name
