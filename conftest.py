"""The harness: a world stricter than production, with a real database and the role `app`.

The database is built as `owner`, then everything runs as `app`, under row security. The first
assertion of every run is that this is so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from spheres.config import cluster
from spheres.regions import queries as regions
from tests.cast import Cast

TEST_DATABASE = os.environ.get("SPHERES_TEST_DATABASE", "test_spheres")


def owner_settings(name: str) -> dict[str, object]:
    """Django's settings of the same cluster, as `owner`, for one database."""
    from spheres.config.settings import database

    return {**database(os.environ["DATABASE_OWNER_URL"], pooled=False), "NAME": name}


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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The walls of the rule table are half of the work: they are tried beside the rest."""
    for item in items:
        if "spheres/sharing/tests" in item.path.as_posix():
            item.add_marker("walls")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock():
        cluster.from_environment().drop_database(TEST_DATABASE)
        cluster.from_environment().create_database(TEST_DATABASE)
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
        cluster.from_environment().drop_database(TEST_DATABASE)


@pytest.fixture(autouse=True)
def _words_of_no_other_test() -> Iterator[None]:
    """A region's words are remembered by the process; a test starts without memory."""
    regions.forget()
    yield
    regions.forget()


@pytest.fixture
def people(db: None) -> Cast:
    """The people of our tests before any region is loaded."""
    return Cast.gather(region=False)


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of our tests, in a world everybody knows (tests/cast.py)."""
    return Cast.gather()
