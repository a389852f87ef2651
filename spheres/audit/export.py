"""How does the journal leave the house, to be checked by a stranger? No person's text is in it.

JSON Lines, chain after chain, in the order `verify.py` reads. Read as `backup`, the only role that
looks across all files, and in one snapshot; never as `app`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import psycopg

from spheres.audit import verify

LINKS = """
    select l.chain_id, l.position, encode(l.hash, 'hex'),
      case when e.id is not null then convert_from(access.canonical(e), 'UTF8') end
    from audit_link l left join audit_event e on e.id = l.event_id
    where %(all)s or l.chain_id = any(%(chains)s) order by l.chain_id, l.position"""
HEADS = """
    select chain_id, position, encode(hash, 'hex') from audit_head
    where %(all)s or chain_id = any(%(chains)s) order by chain_id"""
PLACES = """
    select s.chain_id, s.checkpoint, s.position, l.hash from audit_sealedplace s
    left join audit_link l on l.chain_id = s.chain_id and l.position = s.position
    order by s.chain_id, s.position"""
STRAYS = """
    select convert_from(access.canonical(e), 'UTF8') from audit_event e
    where (%(all)s or e.chain_id = any(%(chains)s))
      and not exists (select from audit_link l where l.event_id = e.id)"""

Rows = Iterator[tuple[Any, ...]]


def lines(
    url: str, *, chains: Collection[UUID] = (), checkpoints: Collection[int] = ()
) -> Iterator[str]:
    """Every line of the export, for these chains or for all.

    Of the other chains a partial export gives, for each checkpoint its reader holds, one opaque
    hash: enough to rebuild the checkpoint's root, and nothing to learn from.
    """
    wanted = {"all": not chains, "chains": list(chains)}
    with psycopg.connect(url, options="-c search_path=public") as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        # A plan that begins to answer at once, in the order of the index, without a great sort.
        connection.execute("set local cursor_tuple_fraction = 0.0001")
        yield _line({"journal": 1, "whole": not chains})
        streams = [
            groupby(_stream(connection, name, query, wanted), key=itemgetter(0))
            for name, query in (("places", PLACES), ("heads", HEADS), ("links", LINKS))
        ]
        currents = [next(stream, None) for stream in streams]
        while any(currents):
            chain_id = min(current[0] for current in currents if current)
            places, heads, links = (
                current[1] if current and current[0] == chain_id else iter(())
                for current in currents
            )
            if not chains or chain_id in chains:
                yield from _chain(chain_id, places, heads, links)
            else:
                yield _leaves(chain_id, places, checkpoints)
            for number, current in enumerate(currents):
                if current and current[0] == chain_id:
                    currents[number] = next(streams[number], None)
        for (event,) in _stream(connection, "strays", STRAYS, wanted):
            yield f'{{"stray":{event}}}\n'
        yield _line({"end": True})


def newest_note(url: str) -> str:
    """The last checkpoint signed, to give away with the export. Empty when there is none."""
    with psycopg.connect(url, options="-c search_path=public") as connection:
        found = connection.execute(
            "select note from audit_checkpoint order by number desc limit 1"
        ).fetchone()
    return str(found[0]) if found else ""


def _chain(chain_id: UUID, places: Rows, heads: Rows, links: Rows) -> Iterator[str]:
    sealed = [[number, position] for _, number, position, _ in places]
    length, last_hash = next(((place, text) for _, place, text in heads), (0, ""))
    yield _line({"chain": str(chain_id), "length": length, "head": last_hash, "sealed": sealed})
    for _, position, text, event in links:
        yield f'{{"position":{position},"hash":"{text}","event":{event or "null"}}}\n'


def _leaves(chain_id: UUID, places: Rows, checkpoints: Collection[int]) -> str:
    known = [(number, position, bytes(text or b"")) for _, number, position, text in places]
    leaves = {}
    for checkpoint in checkpoints:
        before = [place for place in known if place[0] <= checkpoint]
        if before:
            _, position, text = before[-1]
            leaves[checkpoint] = verify.leaf(chain_id.bytes, position, text).hex()
    return _line({"leaves": leaves})


def _stream(
    connection: psycopg.Connection[Any], name: str, query: str, wanted: dict[str, Any]
) -> Rows:
    with connection.cursor(name) as cursor:
        cursor.itersize = 5_000
        cursor.execute(query, wanted)
        yield from cursor


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, separators=(",", ":")) + "\n"
