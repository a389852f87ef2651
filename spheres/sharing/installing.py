"""How do the rules of access become those of this code, while people work?"""

from __future__ import annotations

import time
from typing import Final

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from spheres.core import context
from spheres.sharing.compile import statements

# Milliseconds that newcomers may stand behind us; seconds until we ask again; ten minutes in all.
PATIENCE: Final = 200
PAUSE, TRIES = 0.5, 600


class Busy(Exception):
    """The rules could not be made anew; the sentence says what to do."""


def compile_policy() -> None:
    """Install functions, policies, grants and triggers, all or nothing, as the owner.

    Whoever works meanwhile waits at the door for a second (`context.DOOR`); behind a transaction
    that lasts, it is we who wait, and try again. Raises Busy after ten minutes.
    """
    for _turn in range(TRIES):
        try:
            return _compile()
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            time.sleep(PAUSE)
    raise Busy("Somebody has held a table for ten minutes (a copy?): run migrate again after it.")


def _compile() -> None:
    # Made before anybody waits, and sent at once: thousands of journeys to a server elsewhere would
    # be seconds at the door.
    rules = ";\n".join(statements())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"set local lock_timeout = {PATIENCE}")
        cursor.execute("select pg_advisory_xact_lock(%s)", [context.DOOR])
        cursor.execute(rules)
        ipad, opad = context.pads()
        cursor.execute(
            "insert into access.context_key (ipad, opad) values (%s, %s) "
            "on conflict (one) do update set ipad = excluded.ipad, opad = excluded.opad",
            [ipad, opad],
        )
