"""In which database does Django work just now, and how does it leave one or go to another?"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from django.db import connection
from psycopg_pool import ConnectionPool

from spheres.config import cluster
from spheres.config.cluster import Cluster

LONGEST: Final = 60  # seconds that a session may take to end
ANY: Final = "%"  # kinds of sessions

# The pools of databases that nobody works in just now; their connections stay warm.
PARKED: dict[str, ConnectionPool[Any]] = {}


def leave_the_database(name: str = "") -> None:
    """Give back every connection, pooled ones too: with one left, a database can be neither copied
    nor dropped. Whoever is about to copy one names it, and goes on once nobody is in it: a session
    whose client is gone ends first what it was asked, which may take a while.
    """
    connection.close()
    if connection.settings_dict["OPTIONS"].get("pool"):
        connection.close_pool()
    while PARKED:
        PARKED.popitem()[1].close()
    # A connection that a failed or raced test let fall closes when it is forgotten. What is still
    # held is set aside, so that the next look is at what came since alone.
    gc.collect()
    gc.freeze()
    limit = time.monotonic() + LONGEST
    while still := name and _still_there(name):
        assert time.monotonic() < limit, still
        time.sleep(0.02)


def made_from(template: str, name: str, *, here: Cluster) -> Cluster:
    """A copy of a database, made once nobody is in it.

    What the server does there by itself, as when it tidies a table, is in it too, and is seen by no
    look before: it is tried again meanwhile.
    """
    limit = time.monotonic() + LONGEST
    while True:
        leave_the_database(template)
        try:
            return here.create_database(name, template=template)
        except psycopg.errors.ObjectInUse:
            assert time.monotonic() < limit, _still_there(template, kinds=ANY)


def _still_there(name: str, kinds: str = "client backend") -> list[tuple[Any, ...]]:
    """The sessions of this database, and what each does."""
    with psycopg.connect(cluster.from_environment().for_database("postgres").owner_url) as made:
        return made.execute(
            "select pid, usename, application_name, backend_type, state, query_start, query"
            " from pg_stat_activity where datname = %s and backend_type like %s",
            [name, kinds],
        ).fetchall()


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
