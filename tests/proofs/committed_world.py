"""A database of its own, where the cast's acts are committed, and which a test may spoil."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from spheres.audit import actions as audit
from spheres.audit.models import Checkpoint
from spheres.config import cluster
from spheres.config.postgres_programs import find_programs
from spheres.core.actor import Actor, service
from tests.cast import MONDAY, Cast, Gathered, acting
from tests.databases import leave_the_database, made_from

SEALER = service("sealer")


@dataclass(frozen=True)
class World:
    """One committed world: its people, and the ways into its database."""

    cast: Cast
    name: str
    backup_url: str

    def admin(self) -> psycopg.Connection:
        """A superuser's connection: who can do everything, triggers and policies set aside."""
        return psycopg.connect(at_database(os.environ["DATABASE_ADMIN_URL"], self.name))

    def spoil(self, *statements: str) -> None:
        """Do this as a superuser who has disabled every trigger."""
        with self.admin() as spoiler:
            spoiler.execute("set session_replication_role = replica")
            for statement in statements:
                spoiler.execute(statement)

    @contextmanager
    def acting(self, actor: Actor, at=MONDAY) -> Iterator[Actor]:
        """One committed unit of work at a moment of the story."""
        with transaction.atomic(), acting(actor, at):
            yield actor

    def seal(self, at=MONDAY) -> Checkpoint:
        with self.acting(SEALER, at):
            return audit.seal(by=SEALER, at=at)


def at_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def dump(url: str, file: Path, *options: str) -> bytes:
    """What `pg_dump` writes of a database."""
    run_program("pg_dump", *options, f"--file={file}", f"--dbname={url}")
    return file.read_bytes()


def run_program(name: str, *arguments: str) -> None:
    subprocess.run([find_programs().folder / name, *arguments], check=True, capture_output=True)


@contextmanager
def database_of_our_own(name: str, *, template: str | None) -> Iterator[str]:
    """Point Django at another database for a while; it is dropped afterwards."""
    before = connection.settings_dict["NAME"]
    everything = cluster.from_environment()
    leave_the_database(template or "")
    everything.drop_database(name)
    if template:
        made_from(template, name, here=everything)
    else:
        everything.create_database(name)
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        leave_the_database()
        connection.settings_dict["NAME"] = before
        everything.drop_database(name)


@pytest.fixture
def world(gathered: Gathered, django_db_blocker) -> Iterator[World]:
    own = f"{settings.DATABASES['default']['NAME']}_seal"
    with (
        django_db_blocker.unblock(),
        database_of_our_own(own, template=gathered.database) as name,
    ):
        yield World(gathered.lend(), name, at_database(os.environ["DATABASE_BACKUP_URL"], name))
