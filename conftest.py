"""The harness: a world stricter than production, with a real database and the role `app`.

The database is built as `owner`, then everything runs as `app`, under row security. The first
assertion of every run is that this is so.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.handlers.base import BaseHandler
from django.core.management import call_command
from django.db import connection, connections, transaction

from spheres.config import cluster
from spheres.regions import queries as regions
from tests import daily, printed, seconds, sharing_out
from tests.cast import Cast, Gathered
from tests.databases import leave_the_database, working_in

BEGAN = pytest.StashKey[float]()
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


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("two runs beside each other (tests/sharing_out.py)")
    group.addoption("--share", type=Path, help="the folder where each says what it takes")
    group.addoption(
        "--first", choices=sharing_out.KINDS, default="rest", help="what it takes first"
    )
    parser.addoption(
        "--day", type=date.fromisoformat, help="tell the lies of that day (tests/daily.py)"
    )


def pytest_configure(config: pytest.Config) -> None:
    printed.hold_pages_to_their_words()
    if named := config.getoption("day"):
        daily.NAMED.append(named)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was gathered stays to the end: looking whether it can be forgotten, at each database
    that is left, was a tenth of the run."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Alone, pytest's own loop; beside another run, what the other does not take."""
    folder = session.config.getoption("share")
    if folder is None or session.testsfailed or session.config.option.collectonly:
        return None
    modules = sharing_out.in_turn(
        session.items, first=session.config.getoption("first"), took=seconds.by_module()
    )
    sharing_out.try_them(session, sharing_out.taken(modules, folder))
    return True


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    seconds.SPENT[report.nodeid] += report.duration


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.stash[BEGAN] = time.monotonic()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if folder := session.config.getoption("share"):
        took = time.monotonic() - session.config.stash[BEGAN]
        seconds.keep(folder, session.config.getoption("first"), took, seconds.SPENT)


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


@pytest.fixture(scope="session", autouse=True)
def _passwords_kept_with_little_work(request: pytest.FixtureRequest) -> Iterator[None]:
    """The same Argon2id, a hundred times quicker: who gets in is tried, not how long a guess takes.

    The long proofs measure that; and what a journey's server hashes costs what it costs.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not any(item.get_closest_marker("proof") for item in request.session.items):
            patch.setattr(Argon2PasswordHasher, "time_cost", 1)
            patch.setattr(Argon2PasswordHasher, "memory_cost", 64)
            patch.setattr(Argon2PasswordHasher, "parallelism", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_chain_for_every_browser() -> Iterator[None]:
    """As at a server: the middleware is made once, not for each browser (it reads every static
    file). A test that changes what it is made of makes its own."""
    made: dict[tuple[object, ...], dict[str, object]] = {}
    make = BaseHandler.load_middleware

    def load_once(handler: BaseHandler, is_async: bool = False) -> None:
        chain = made.setdefault((is_async, *settings.MIDDLEWARE), {})
        if not chain:
            make(handler, is_async)
            chain |= {name: held for name, held in vars(handler).items() if "middleware" in name}
        vars(handler).update(chain)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "load_middleware", load_once)
        yield


@pytest.fixture(autouse=True)
def _words_of_no_other_test() -> Iterator[None]:
    """A region's words are remembered by the process; a test starts without memory."""
    regions.forget()
    yield
    regions.forget()


@pytest.fixture(scope="session")
def gathered(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Gathered]:
    """The cast, gathered by its own actions in a database that those who ask for it begin in."""
    name, here = f"{TEST_DATABASE}_cast", cluster.from_environment()
    with django_db_blocker.unblock():
        leave_the_database(TEST_DATABASE)
        here.drop_database(name)
        here.create_database(name, template=TEST_DATABASE)
        with working_in(name):
            with transaction.atomic(durable=True):
                cast = Cast.gather()
            said = regions._photograph
        assert said is not None
        yield Gathered(name, cast, said)
        leave_the_database()
        here.drop_database(name)


@pytest.fixture
def _where_the_test_begins(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Before its transaction: in the database of the cast if it asks for her, else in the bare."""
    if "cast" not in request.fixturenames:
        yield
        return
    gathered = request.getfixturevalue("gathered")
    with django_db_blocker.unblock(), working_in(gathered.database):
        yield


@pytest.fixture
def _django_db_helper(_where_the_test_begins: None, _django_db_helper: None) -> None:
    """The test's own transaction, which pytest-django opens, begins there."""


@pytest.fixture
def people(db: None) -> Cast:
    """The people of our tests before any region is loaded."""
    return Cast.gather(region=False)


@pytest.fixture
def cast(db: None, gathered: Gathered) -> Cast:
    """The people of our tests, in a world everybody knows (tests/cast.py)."""
    assert connection.settings_dict["NAME"] == gathered.database
    return gathered.lend()
