"""Who may sign in to the database, and with which rights, before any table exists?

Five roles. `owner` migrates, `app` serves and owns nothing, `backup` reads everything, and the
log, to copy it.
`gate` and `eraser` sign in nowhere: they own the few functions that look past row security, and
`owner` hands functions to them without ever reading through their eyes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString

from spheres.config.postgres_programs import ClusterError

if TYPE_CHECKING:
    from psycopg import Connection

DATABASE = "spheres"
SIGN_IN = ("owner", "app", "backup")
# What `app` must never become: each reads more than the rules of access give.
ABOVE_APP = ("owner", "backup", "gate", "eraser")
# What serves the public holds one address: that of a role that owns nothing.
STRONGER = ("DATABASE_OWNER_URL", "DATABASE_BACKUP_URL", "DATABASE_ADMIN_URL", "SPHERES_ROLE")
# The databases that a command may drop: those of tests and benches, never the real one.
DROPPABLE = re.compile(r"(test|bench)_[a-z0-9_]{1,50}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
# One start prepares the roles at a time, also on a server that several machines share.
LOCK = 8_215_301_176

SCHEMA_RIGHTS: tuple[LiteralString, ...] = (
    "revoke all on schema public from public",
    # With the right to grant: a migration says itself which schema a role may create in.
    "grant all on schema public to owner with grant option",
    "grant usage on schema public to app, backup, gate, eraser",
)


def prepare(
    admin_url: str, passwords: dict[str, str], *, kept_in: Path, template_too: bool
) -> list[str]:
    """Make the five roles what they must be; say what could not be had.

    A role that signs in with a password that is not the one kept here is somebody’s: another
    machine serves with it, and nothing of this server is changed.
    """
    with _connect(admin_url) as connection:
        notes = _make_roles(connection, admin_url, passwords, kept_in)
        _refuse_roles_that_pass_row_security(connection)
    if template_too:
        # Databases that the test runner makes by itself are copies of this one.
        with _connect(admin_url, "template1") as connection:
            for statement in SCHEMA_RIGHTS:
                connection.execute(statement)
    return notes


def _make_roles(
    connection: Connection[Any], admin_url: str, passwords: dict[str, str], kept_in: Path
) -> list[str]:
    from psycopg import sql

    notes: list[str] = []
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        there = {name for (name,) in connection.execute("select rolname from pg_roles")}
        lacking = _without_password(connection, admin_url, passwords, kept_in)
        for name in (*SIGN_IN, "gate", "eraser"):
            if name not in there:
                connection.execute(sql.SQL("create role {}").format(sql.Identifier(name)))
        for name in lacking:
            # The server is told the password's fingerprint, never the password.
            verifier = connection.pgconn.encrypt_password(
                passwords[name].encode(), name.encode(), b"scram-sha-256"
            ).decode()
            connection.execute(
                sql.SQL("alter role {} login password {}").format(
                    sql.Identifier(name), sql.Literal(verifier)
                )
            )
        connection.execute("alter role gate nologin")
        connection.execute("alter role eraser nologin")
        connection.execute("alter role owner createdb")
        connection.execute("alter role app set default_transaction_isolation to 'read committed'")
        connection.execute("alter role backup set default_transaction_read_only to on")
        if connection.info.server_version >= 160000:
            connection.execute("grant gate, eraser to owner with inherit false, set true")
        else:  # before 16 the right to inherit belongs to the member, not to the grant
            connection.execute("alter role owner noinherit")
            connection.execute("grant gate, eraser to owner")
        notes += _try(
            connection,
            "alter role backup bypassrls",
            "backup cannot have BYPASSRLS here: it needs a read policy on every table",
        )
        notes += _try(
            connection,
            "alter role backup replication",
            "backup cannot follow the log here: the server’s own point in time is used",
        )
        notes += _try(
            connection,
            "grant pg_read_all_data to backup",
            "backup cannot have pg_read_all_data here: it reads what owner grants it",
        )
    return notes


def _without_password(
    connection: Connection[Any], admin_url: str, passwords: dict[str, str], kept_in: Path
) -> list[str]:
    """The roles that still need the password kept here; refused where one has another."""
    from psycopg import errors

    can_sign_in = {
        name for (name,) in connection.execute("select rolname from pg_roles where rolcanlogin")
    }
    needed = {name for name in SIGN_IN if name not in can_sign_in}
    try:
        with connection.transaction():
            bare = connection.execute("select rolname from pg_authid where rolpassword is null")
            needed |= {name for (name,) in bare if name in SIGN_IN}
    except errors.InsufficientPrivilege:
        pass  # a managed server shows no password, not even that there is none
    other = [
        name
        for name in SIGN_IN
        if name not in needed and not _signs_in(admin_url, name, passwords[name])
    ]
    if other:
        raise ClusterError(
            f"These roles of this server do not sign in with the passwords kept in {kept_in}: "
            f"{', '.join(other)}. Another machine made them: bring its file there, or give "
            "DATABASE_URL and DATABASE_OWNER_URL. Nothing was changed."
        )
    return [name for name in SIGN_IN if name in needed]


def _signs_in(admin_url: str, name: str, password: str) -> bool:
    import psycopg

    try:
        psycopg.connect(admin_url, user=name, password=password, connect_timeout=10).close()
    except psycopg.OperationalError as error:
        # Asked after the password: the role may have nothing to do in the admin’s own database.
        return "permission denied for database" in str(error)
    return True


def _try(connection: Connection[Any], statement: LiteralString, otherwise: str) -> list[str]:
    from psycopg import errors

    try:
        with connection.transaction():
            connection.execute(statement)
    except errors.InsufficientPrivilege:
        return [otherwise]
    return []


def _refuse_roles_that_pass_row_security(connection: Connection[Any]) -> None:
    too_strong = connection.execute(
        "select rolname from pg_roles where rolname in ('app', 'owner', 'gate', 'eraser')"
        " and (rolsuper or rolbypassrls or rolcreaterole or rolreplication) order by rolname"
    ).fetchall()
    if too_strong:
        names = ", ".join(name for (name,) in too_strong)
        raise ClusterError(
            f"These database roles can step over row security: {names}. Correct them."
        )


def create_database(
    owner_url: str, name: str, *, template: str | None = None, large: bool = False
) -> bool:
    """Make a database that owner owns, closed to all but our roles; False when it was there.

    A `large` template is copied file by file, not through the log: gigabytes in seconds.
    """
    from psycopg import sql

    _refuse_odd_name(name)
    with _connect(owner_url, "postgres") as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", [name])
        if made := found.fetchone() is None:
            copied = sql.SQL(" template {}").format(sql.Identifier(template)) if template else None
            if copied and large:
                copied += sql.SQL(" strategy file_copy")
            connection.execute(
                sql.SQL("create database {}{}").format(sql.Identifier(name), copied or sql.SQL(""))
            )
        for statement in (
            sql.SQL("revoke all on database {} from public"),
            sql.SQL("grant connect on database {} to app, backup"),
        ):
            connection.execute(statement.format(sql.Identifier(name)))
    if made:
        with _connect(owner_url, name) as connection:
            _give_schema_rights(connection)
    return made


def databases(admin_url: str) -> set[str]:
    """The names of those that this server holds."""
    with _connect(admin_url) as connection:
        return {name for (name,) in connection.execute("select datname from pg_database")}


def _give_schema_rights(connection: Connection[Any]) -> None:
    with connection.transaction():
        # A new database's schema belongs to whoever owns the database; say so, for a role that
        # does not inherit must put that hat on.
        connection.execute("set local role pg_database_owner")
        for statement in SCHEMA_RIGHTS:
            connection.execute(statement)
    reads_all = connection.execute(
        "select pg_has_role('backup', 'pg_read_all_data', 'usage')"
    ).fetchone()
    if reads_all != (True,):
        for kind in ("tables", "sequences"):
            connection.execute(f"alter default privileges grant select on {kind} to backup")


def holds_data(owner_url: str) -> bool:
    """Has this database been migrated once? Then a missing key would mean lost texts."""
    with _connect(owner_url) as connection:
        row = connection.execute("select to_regclass('django_migrations') is not null").fetchone()
    return row == (True,)


def drop_database(urls: list[str], name: str) -> None:
    """Drop a database of tests or benches, cutting whoever is still connected."""
    if not DROPPABLE.fullmatch(name):
        raise ClusterError(f"{name} is not dropped: only databases named test_… or bench_… are.")
    take_back(urls, name)


def take_back(urls: list[str], name: str) -> None:
    """Drop what whoever asks has made itself a moment ago.

    The strongest address comes first: it can cut the others. A managed server's admin owns nothing
    of ours, and then it is owner's to drop.
    """
    from psycopg import errors, sql

    statement = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    for url in urls:
        with _connect(url, "postgres") as connection:
            try:
                connection.execute(statement)
            except errors.InsufficientPrivilege:
                if url == urls[-1]:
                    raise
            else:
                return


def _refuse_odd_name(name: str) -> None:
    if not NAME.fullmatch(name):
        raise ClusterError(f"{name!r} is not a database name: small letters, figures and _ only.")


def _connect(url: str, database: str | None = None) -> Connection[Any]:
    # Only inside the environment is there a driver; `run.py help` must work without it.
    import psycopg

    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10, dbname=database)
    except psycopg.OperationalError as error:
        # The driver's sentence names the host and the user, never the password.
        raise ClusterError(f"The database does not answer: {str(error).strip()}") from error
