"""Can another connection of the same role read a context while somebody uses it?"""

from __future__ import annotations

import os

import psycopg
import pytest
from django.db import connection

from spheres.accounts import actions as accounts
from spheres.accounts import queries as doors
from spheres.accounts.sessions import DOORKEEPER, hash_of
from spheres.core import context
from tests.cast import MONDAY, Cast, acting


def seen_by_another_connection() -> list[str]:
    """What the server tells of this database's statements to whoever else signs in as `app`.

    Of this database alone: the other half of the suite works beside, on one of its own.
    """
    url = os.environ["DATABASE_URL"]
    here = connection.settings_dict["NAME"]
    with psycopg.connect(url) as other:
        return [
            said
            for (said,) in other.execute(
                "select query from pg_stat_activity "
                "where usename = 'app' and datname = %s and pid <> pg_backend_pid()",
                [here],
            ).fetchall()
            if "spheres.context" in said or "set_config" in said or "access.enter" in said
        ]


@pytest.mark.parametrize("who", ["louise", "ines"])
def test_a_signed_context_is_never_written_in_a_statement(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    mac = context.sign(actor, MONDAY).split("|")[6]

    with acting(actor):
        seen = seen_by_another_connection()

    assert seen == ["select pg_advisory_xact_lock_shared($1), set_config($2, $3, true)"]
    assert mac not in "".join(seen)


def test_the_entrance_of_a_session_is_never_written_in_a_statement(cast: Cast) -> None:
    with acting(DOORKEEPER):
        opened = accounts.come_in(cast.ines.user_id, at=MONDAY, way="test")

    visit = doors.enter(hash_of(opened.session_key), at=MONDAY)
    seen = seen_by_another_connection()

    assert visit.user_id == cast.ines.user_id
    assert seen == ["select * from access.enter($1, $2, $3, $4, $5)"]
    assert connection.in_atomic_block
