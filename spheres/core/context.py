"""On whose behalf does the database answer? One transaction, one signed context.

The database refuses every statement without a context (42501): a missing one is a bug to shout,
never an empty list (design §4). The context is local to the transaction, so it cannot outlive it,
nor be met by the next user of a pooled connection.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from spheres.core import clock
from spheres.core.actor import ORDINARY, Actor
from spheres.core.errors import NoContext

SETTING = "spheres.context"
LIFE_SECONDS = 60
# Held, shared, by every transaction that has a context; alone, while the rules are made anew: pages
# wait for it at the door, before they hold anything, and nobody meets half of the rules.
DOOR = 8_215_301_177


@dataclass(frozen=True)
class Acting:
    """Who acts, at which moment, and what is remembered for as long."""

    actor: Actor
    at: datetime
    memory: dict[str, dict[Any, Any]] = field(default_factory=dict)


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


def signing_key() -> bytes:
    """The key of the context's signature: derived from the key file, unknown to the `app` role."""
    return hmac.digest(settings.SPHERES_KEY, b"spheres/context/1", "sha256")


def pads() -> tuple[bytes, bytes]:
    """The two HMAC pads the database keeps, so that it can verify with core `sha256` alone."""
    block = signing_key().ljust(64, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def sign(actor: Actor, at: datetime) -> str:
    """`actor|organisation|roles|purpose|at|expiry|mac`, valid for one minute of real time.

    `at` is the application's clock, the one the rules ask; the expiry is the machine's own.
    """
    body = "|".join(
        (
            str(actor.user_id),
            str(actor.organisation_id),
            ",".join(sorted(actor.roles)),
            actor.purpose,
            at.isoformat(),
            str(int(time.time()) + LIFE_SECONDS),
        )
    )
    return f"{body}|{seal(body)}"


def seal(body: str) -> str:
    """The signature the database verifies; nobody who has SQL alone can make it."""
    return hmac.new(signing_key(), body.encode(), hashlib.sha256).hexdigest()


def sign_entrance(
    session_hash: str, at: datetime, purpose: str = ORDINARY
) -> tuple[str, str, str, str, str]:
    """What the door asks for: the session, the moment, what the page is for, the expiry, the seal.

    Without it, whoever had SQL and a session of her own could enter last year, and stay for ever.
    """
    asked = (session_hash, at.isoformat(), purpose, str(int(time.time()) + LIFE_SECONDS))
    return (*asked, seal("|".join(("enter", *asked))))


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """Act as `actor` inside the open transaction; the previous context is restored on exit.

    Raises NoContext outside a transaction: the setting would vanish with the statement.
    """
    if not connection.in_atomic_block:
        raise NoContext("acting_as() needs an open transaction; use unit_of_work().")
    previous, at = _acting.get(), clock.now()
    token = _acting.set(Acting(actor, at))
    try:
        _tell_database(sign(actor, at))
        yield actor
    finally:
        _acting.reset(token)
        if _transaction_still_speaks():
            _tell_database(sign(previous.actor, previous.at) if previous else "")


@contextmanager
def until_the_end(actor: Actor, *, at: datetime, is_told: bool = False) -> Iterator[Actor]:
    """Act as `actor` for the last of the open transaction: the context ends with it.

    It is local to the transaction, so nothing is said to the database on leaving, unless another
    transaction stands around this one. `is_told` when the database has signed it by itself.
    """
    token = _acting.set(Acting(actor, at))
    try:
        if not is_told:
            _tell_database(sign(actor, at))
        yield actor
    finally:
        _acting.reset(token)
        if len(connection.atomic_blocks) > 1 and _transaction_still_speaks():
            _tell_database("")


@contextmanager
def unit_of_work(actor: Actor) -> Iterator[Actor]:
    """One transaction with one context: what a page, a job, a command are made of."""
    with transaction.atomic(durable=True), until_the_end(actor, at=clock.now()):
        yield actor


def acting() -> Actor:
    """The actor of the current context. Raises NoContext when there is none."""
    return _current().actor


def moment() -> datetime:
    """The moment the current context was entered: the time of everything done in it."""
    return _current().at


def memory(of: str) -> dict[Any, Any]:
    """What `of` remembers while the current context lasts; no other context ever meets it."""
    return _current().memory.setdefault(of, {})


def _current() -> Acting:
    current = _acting.get()
    if current is None:
        raise NoContext("Nobody is acting: enter unit_of_work() or acting_as() first.")
    return current


def require(actor: Actor) -> None:
    """Stop when a query is asked in another name than the one the database answers for."""
    if acting() != actor:
        raise NoContext("The query's actor is not the actor of the context.")


def _tell_database(value: str) -> None:
    # Its values travel apart (settings.database): written into the statement, a signed context
    # would stand in the server's list of what each connection does, for any other to copy.
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock_shared(%s), set_config(%s, %s, true)",
            [DOOR, SETTING, value],
        )


def _transaction_still_speaks() -> bool:
    # After an error nothing more can be said; the rollback takes the context with it. Asking all
    # the same would hide the first error behind a second one.
    raw = connection.connection
    return (
        raw is not None
        and not connection.needs_rollback
        and not raw.closed
        and raw.info.transaction_status == TransactionStatus.INTRANS
    )
