"""The harness: a world stricter than production, with a real database and the role `app`.

The database is built as `owner`, then everything runs as `app`, under row security. The first
assertion of every run is that this is so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from tests.cast import Cast

TEST_DATABASE = os.environ.get("SPHERES_TEST_DATABASE", "test_spheres")


def owner_settings(name: str) -> dict[str, object]:
    """Django's settings of the same cluster, as `owner`, for one database."""
    from spheres.config.settings import database

    return {**database(os.environ["DATABASE_OWNER_URL"], pooled=False), "NAME": name}


def admin() -> psycopg.Connection:
    return psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True)


def make_database(name: str, *, template: str = "template0") -> None:
    """A fresh database that belongs to `owner`, in which `app` may use what is granted."""
    with admin() as cluster:
        cluster.execute(f'drop database if exists "{name}" with (force)')
        cluster.execute(f'create database "{name}" owner owner template "{template}"')
    address = urlsplit(os.environ["DATABASE_ADMIN_URL"])._replace(path=f"/{name}").geturl()
    with psycopg.connect(address, autocommit=True) as database:
        database.execute("revoke all on schema public from public")
        database.execute("grant all on schema public to owner")
        database.execute("grant usage on schema public to app, gate, eraser, backup")


def drop_database(name: str) -> None:
    with admin() as cluster:
        cluster.execute(f'drop database if exists "{name}" with (force)')


def migrate_as_owner(name: str) -> None:
    wrapper = connections["default"]
    wrapper.close()
    as_app = dict(wrapper.settings_dict)
    wrapper.settings_dict.update(owner_settings(name))
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        wrapper.close()
        wrapper.settings_dict.clear()
        wrapper.settings_dict.update(as_app)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock():
        make_database(TEST_DATABASE)
        migrate_as_owner(TEST_DATABASE)
        settings.DATABASES["default"]["NAME"] = TEST_DATABASE
        connection.settings_dict["NAME"] = TEST_DATABASE
        with connection.cursor() as cursor:
            cursor.execute("select current_user, current_database()")
            assert cursor.fetchone() == ("app", TEST_DATABASE)
        connection.close()
    yield
    with django_db_blocker.unblock():
        connection.close()
        drop_database(TEST_DATABASE)


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The people of our tests, in a world everybody knows (tests/cast.py)."""
    yield Cast.gather()
