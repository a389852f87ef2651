"""The world of every combination, written once for all the proofs that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings

from spheres.config.cluster import Cluster
from tests.oracle import World
from tests.proofs import world as worlds
from tests.proofs.databases import Connection, copied, signed_in
from tests.proofs.rows import settle
from tests.proofs.world import Player


@dataclass(frozen=True)
class Stage:
    """A database that holds a world, and those who act in it."""

    cluster: Cluster
    world: World
    players: list[Player]


@pytest.fixture(scope="session")
def stage(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stage]:
    with django_db_blocker.unblock():
        copy = copied(f"{settings.DATABASES['default']['NAME']}_world")
        made = copy.__enter__()
    world, players = worlds.build()
    with signed_in(made.owner_url) as owner:
        settle(owner, world)
        owner.commit()
        owner.execute("analyze")
        owner.commit()
    yield Stage(made, world, players)
    with django_db_blocker.unblock():
        copy.__exit__(None, None, None)


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
