"""The world of every combination, written once for all the proofs that only read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.proofs import world as worlds
from tests.proofs.databases import Connection, copied, signed_in
from tests.proofs.figures import told
from tests.proofs.rows import settle
from tests.proofs.stage import Stage


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for figure in told():
        terminalreporter.write_line(figure)


def database_name() -> str:
    return settings.DATABASES["default"]["NAME"]


@pytest.fixture(scope="session")
def stage(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stage]:
    with django_db_blocker.unblock(), copied(f"{database_name()}_world") as made:
        world, players = worlds.build()
        with signed_in(made.owner_url) as owner:
            settle(owner, world)
            owner.commit()
            # Without it each question is planned for tables that the planner believes empty.
            owner.execute("analyze")
            owner.commit()
        with world.still():
            yield Stage(made, world, players)


@pytest.fixture
def spare(stage: Stage, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stage]:
    """A copy of the world to break, to commit in, to throw away."""
    name = database_name()
    with django_db_blocker.unblock(), copied(f"{name}_spare", template=f"{name}_world") as made:
        yield Stage(made, stage.world, stage.players)


@pytest.fixture
def app(stage: Stage) -> Iterator[Connection]:
    """The role that serves, on the world's database; nothing is kept."""
    with signed_in(stage.cluster.app_url) as connection:
        yield connection


@pytest.fixture
def owner(stage: Stage) -> Iterator[Connection]:
    """The role that migrates, on the world's database; nothing is kept."""
    with signed_in(stage.cluster.owner_url) as connection:
        yield connection
