"""Which database do we use, and at which addresses? Ours in var/, or the one that was named.

Order: DATABASE_URL (used as it is), DATABASE_ADMIN_URL (an outside server, whose roles we prepare),
then a PostgreSQL of our own: PG_BIN, the installed wheel, the system's.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlsplit, urlunsplit

from spheres.config import database_roles, secret_store
from spheres.config.database_roles import DATABASE
from spheres.config.postgres import Server
from spheres.config.postgres_programs import ClusterError
from spheres.config.processes import HOST

__all__ = ["Cluster", "ClusterError", "at_database", "from_environment", "up"]

VAR = Path(os.environ.get("SPHERES_VAR") or Path(__file__).resolve().parents[2] / "var")


def _nothing_to_stop() -> None:
    """An outside server goes on without us."""


@dataclass(frozen=True)
class Cluster:
    """The addresses of one database, one for each role, and the way to stop the server if ours."""

    app_url: str
    owner_url: str
    backup_url: str | None = None
    admin_url: str | None = None
    description: str = "the database named in DATABASE_URL"
    notes: tuple[str, ...] = ()
    stop: Callable[[], None] = field(default=_nothing_to_stop, repr=False)

    def __repr__(self) -> str:
        return f"<Cluster: {self.description}>"  # addresses hold passwords

    def environment(self) -> dict[str, str]:
        """The variables by which commands and tests find the database."""
        named = {
            "DATABASE_URL": self.app_url,
            "DATABASE_OWNER_URL": self.owner_url,
            "DATABASE_BACKUP_URL": self.backup_url,
            "DATABASE_ADMIN_URL": self.admin_url,
        }
        return {name: url for name, url in named.items() if url}

    def export(self) -> None:
        """Make this process and its children use this database."""
        os.environ.update(self.environment())

    def for_database(self, name: str) -> Self:
        """The same server and roles, another database. Stopping is left to whoever started it."""
        return replace(
            self,
            app_url=at_database(self.app_url, name),
            owner_url=at_database(self.owner_url, name),
            backup_url=self.backup_url and at_database(self.backup_url, name),
            stop=_nothing_to_stop,
        )

    def admin_at(self, name: str) -> str | None:
        """Where whoever governs the server reaches this very database."""
        return self.admin_url and at_database(self.admin_url, name)

    def create_database(
        self, name: str, *, template: str | None = None, large: bool = False
    ) -> Self:
        """A database owned by owner with the rights of all roles, or a copy of a template."""
        database_roles.create_database(self.owner_url, name, template=template, large=large)
        return self.for_database(name)

    def drop_database(self, name: str) -> None:
        """Only test_… and bench_… can be dropped."""
        urls = [url for url in (self.admin_url, self.owner_url) if url]
        database_roles.drop_database(urls, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def up(*, var: Path = VAR, name: str = "postgres", durable: bool = True) -> Cluster:
    """Give a database ready for migrations, starting our own server when none is named.

    `durable=False` is for tests: a data folder of its own for each major version of PostgreSQL.
    """
    if os.environ.get("DATABASE_URL"):
        return from_environment()
    if outside := os.environ.get("DATABASE_ADMIN_URL"):
        return _prepared(outside, var / "secrets.json", "the server named in DATABASE_ADMIN_URL")
    return _own(var, name, durable=durable)


def from_environment() -> Cluster:
    """The database that the variables name; nothing is started or changed."""
    app_url = os.environ.get("DATABASE_URL")
    owner_url = os.environ.get("DATABASE_OWNER_URL")
    if not app_url:
        raise ClusterError("DATABASE_URL is not set: start with « python3 run.py ».")
    if not owner_url:
        raise ClusterError(
            "DATABASE_URL is set and DATABASE_OWNER_URL is not: migrations need its address."
        )
    return Cluster(
        app_url=app_url,
        owner_url=owner_url,
        backup_url=os.environ.get("DATABASE_BACKUP_URL") or None,
        admin_url=os.environ.get("DATABASE_ADMIN_URL") or None,
    )


def _own(var: Path, name: str, *, durable: bool) -> Cluster:
    server = Server(var, name, durable=durable)
    secrets_file = var / "secrets.json"
    if server.has_data() and not secrets_file.exists():
        raise ClusterError(
            f"{server.data} holds a database whose passwords were in {secrets_file}, which is "
            "gone: put it back, or move the data folder away to begin anew."
        )
    passwords = secret_store.load(secrets_file)
    server.password = passwords["postgres"]
    server.start()
    try:
        admin_url = f"postgresql://postgres:{passwords['postgres']}@{HOST}:{server.port}/postgres"
        programs = server.programs
        description = f"PostgreSQL {programs.major} ({programs.source}), port {server.port}"
        ready = _prepared(admin_url, secrets_file, description, template_too=True)
    except BaseException:
        server.stop()
        raise
    return replace(ready, stop=server.stop)


def _prepared(
    admin_url: str, secrets_file: Path, description: str, *, template_too: bool = False
) -> Cluster:
    passwords = secret_store.load(secrets_file)
    notes = database_roles.prepare(
        admin_url, passwords, kept_in=secrets_file, template_too=template_too
    )
    app_url, owner_url, backup_url = (
        at_database(_as_user(admin_url, role, passwords[role]), DATABASE)
        for role in ("app", "owner", "backup")
    )
    database_roles.create_database(owner_url, DATABASE)
    return Cluster(app_url, owner_url, backup_url, admin_url, description, tuple(notes))


def _as_user(url: str, user: str, password: str) -> str:
    parts = urlsplit(url)
    server = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{server}"))


def at_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(name)}"))
