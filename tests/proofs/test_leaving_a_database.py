"""Is a database left whole, so that another is made from it?"""

from __future__ import annotations

import threading

import pytest
from psycopg.pq import PGconn

from spheres.config import cluster
from tests.databases import leave_the_database, made_from
from tests.proofs.databases import copied


def test_a_session_whose_client_is_gone_is_waited_for(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock(), copied("test_left") as made:
        gone = PGconn.connect(made.owner_url.encode())
        gone.send_query(b"select pg_sleep(6.5)")  # a copy alone waits five seconds
        gone.finish()

        leave_the_database("test_left")

        here = cluster.from_environment()
        here.create_database("test_left_copy", template="test_left")
        here.drop_database("test_left_copy")


def test_what_no_look_sees_is_waited_for_too(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> None:
    """What the server does in a database by itself is no client; a copy is refused all the same."""
    here = cluster.from_environment()
    with django_db_blocker.unblock(), copied("test_left") as made:
        unseen = PGconn.connect(f"{made.admin_at('test_left')}?replication=database".encode())
        goes = threading.Timer(6.5, unseen.finish)  # a copy alone waits five seconds
        goes.start()

        made_from("test_left", "test_left_copy", here=here)

        goes.join()
        here.drop_database("test_left_copy")
