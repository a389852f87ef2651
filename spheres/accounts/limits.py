"""How often may something be tried? One table of numbers, one question.

Counters are rows of the doorkeeper, under a keyed digest: nobody reads from them who tried. The
question may be asked in any context, the visitor's too, inside the open transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Final
from uuid import UUID

from django.db import connection

from spheres.accounts.models import Attempt
from spheres.accounts.sessions import doorkeeping
from spheres.core.actor import NOBODY
from spheres.vault import actions as vault

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """At most `most` in `within` (else for ever); after `free`, each wait is twice the last."""

    most: int
    within: timedelta | None = HOUR
    free: int = 0
    first_wait: timedelta = timedelta(0)


LIMITS: Final = {
    # Wrong passwords and codes, by address of the account and by network address.
    "sign_in": Limit(10, free=5, first_wait=timedelta(seconds=5)),
    "sign_in_from": Limit(20),
    # In a row and without limit of time: the password then opens nothing until a person of the
    # organisation, who has seen its owner, releases it. A passkey, never guessed, still opens.
    "in_a_row": Limit(30, within=None),
    "passkey_from": Limit(60),
    # Code words that open nothing, by the worker who tried them.
    "code_word": Limit(5),
    # Papers to be read in the sandbox, by whoever sends them; one that is refused counts too.
    "paper": Limit(30),
    # Public forms, by network address; a whole shelter may share one.
    "referral": Limit(5),
}


def add(**more: Limit) -> None:
    """Lines of one part of the house: a name serves once, or one part would loosen another's."""
    if twice := sorted(more.keys() & LIMITS.keys()):
        raise ValueError(f"A limit of that name stands: {', '.join(twice)}.")
    LIMITS.update(more)


class TooMany(Exception):
    """One try too many from one network: answered before anything is looked up or hashed."""


def network_of(address: str) -> str:
    """One line to the outside: an IPv4 address, or the /64 that an IPv6 household is given.

    A server that listens on both families writes IPv4 inside IPv6 (`::ffff:192.0.2.1`): the
    address inside counts, or all of IPv4 would be one network.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    inside = found.ipv4_mapped if found.version == 6 else None
    if inside or found.version == 4:
        return str(inside or found)
    return str(ip_network(f"{found}/64", strict=False))


def allow(kind: str, key: str, at: datetime) -> bool:
    """Count one more try of `kind` for `key` at `at`; False when it is one too many.

    `kind` is a line of LIMITS, `key` what is limited (an address, a network address): any text,
    kept as a keyed digest. Call it inside a transaction. A refused try counts too.
    """
    limit = LIMITS[kind]
    since = at - limit.within if limit.within else datetime.min.replace(tzinfo=at.tzinfo)
    with doorkeeping(), connection.cursor() as cursor:
        cursor.execute(
            """
            insert into accounts_attempt as a
              (limited_id, kind, count, started_at, last_at, before_at)
            values (%(id)s, %(kind)s, 1, %(at)s, %(at)s, %(at)s)
            on conflict (limited_id) do update set
              count = case when a.started_at <= %(since)s then 1 else a.count + 1 end,
              started_at = case when a.started_at <= %(since)s then %(at)s else a.started_at end,
              before_at = a.last_at, last_at = %(at)s
            returning count, before_at
            """,
            {
                "id": _limited(kind, key),
                "kind": kind,
                "at": at,
                "since": since,
            },
        )
        count, before = cursor.fetchone()
    return count <= limit.most and at >= before + wait(limit, count)


def wait(limit: Limit, count: int) -> timedelta:
    """How long after the try before it this one may come."""
    if not limit.free or count <= limit.free:
        return timedelta(0)
    return limit.first_wait * int(2 ** (count - limit.free - 1))


def forget(kind: str, key: str) -> None:
    """What was tried turned out well, or a person released it: begin anew."""
    with doorkeeping():
        Attempt.objects.filter(pk=_limited(kind, key)).delete()


def give_back(kind: str, key: str) -> None:
    """This try did not count: it went well. A whole team may share one network address."""
    with doorkeeping(), connection.cursor() as cursor:
        cursor.execute(
            "update accounts_attempt set count = count - 1 where limited_id = %s and count > 0",
            [_limited(kind, key)],
        )


def write_again(kind: str, key: str, *, unless: bool) -> None:
    """Write this counter as it stands: a try that is counted nowhere else then costs what one that
    is does. Called of both; of one counted elsewhere (`unless`), it asks the same, and finds none.
    """
    with doorkeeping(), connection.cursor() as cursor:
        cursor.execute(
            "update accounts_attempt set count = count where limited_id = %s",
            [NOBODY if unless else _limited(kind, key)],
        )


def reached(kind: str, keys: set[str]) -> set[str]:
    """Which of these have tried as often as may be, on a counter that time does not empty?"""
    by_id = {_limited(kind, key): key for key in keys}
    with doorkeeping():
        full = Attempt.objects.filter(pk__in=by_id, count__gte=LIMITS[kind].most)
        return {by_id[attempt.pk] for attempt in full}


def _limited(kind: str, key: str) -> UUID:
    return UUID(bytes=vault.keyed_digest(f"limit {kind}", key)[:16])
