"""May this installation receive real persons? Each unsafe setting, with the sentence that mends it.

Asked by `run.py serve` before anything listens, and by `run.py ready` at any moment. Nothing is
mended in silence: who runs it decides.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
from django.conf import settings
from django.db import OperationalError, connection
from django.utils.translation import gettext as _
from psycopg.conninfo import conninfo_to_dict

from spheres.config import database_roles, schema, server_settings
from spheres.core import clock, context
from spheres.core.actor import VISITOR
from spheres.papers import sandbox
from spheres.regions import queries as regions

HERE: Final = ("localhost", "127.0.0.1", "::1")
APART: Final = 30  # seconds between the clock of the machine and that of its database
ROOM: Final = 1 << 30  # bytes
LABEL: Final = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
NAME: Final = re.compile(rf"{LABEL}(?:\.{LABEL})*", re.IGNORECASE)
# What the library of PostgreSQL reads by itself, beside the address or in its place.
ELSEWHERE: Final = ("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGSERVICEFILE", "PGSSLMODE")
UNPROVEN: Final = ("certificate", "does not support SSL")
# Who asks, what the clock says there, and whether the rules of access may be stepped over: by who
# asks, or by a role that who asks may become.
ASKED: Final = """
select current_user, clock_timestamp(), exists (
  select from pg_roles r where pg_has_role(r.oid, 'member') and (
    r.rolname = any(%s) or r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
    or r.rolreplication or exists (select from pg_tables where tableowner = r.rolname)))"""


@dataclass(frozen=True)
class Installation:
    """How it is set: its two names, whom it believes, where its database and its key are."""

    staff_host: str
    youth_host: str
    proxies: Sequence[str]
    variables: Mapping[str, str]
    key_file: Path
    own_folders: Sequence[Path]  # the code, and what this machine keeps: copied together with data
    old_key_file: Path | None = None  # while the key file changes


def unsafe_settings(one: Installation) -> Iterator[str]:
    """What the variables say, before any database is asked."""
    yield from _names(one)
    if not one.proxies:
        yield _(
            "SPHERES_TRUSTED_PROXIES is empty: name the address of the proxy that ends TLS, such "
            "as 127.0.0.1. Without it every visitor looks like the proxy, and limits hold nobody."
        )
    for variable in database_roles.STRONGER:
        if one.variables.get(variable):
            yield _(
                "%(variable)s is known to what serves: take it out of there, and give it to the "
                "command that needs it alone."
            ) % {"variable": variable}
    for variable in ELSEWHERE:
        if one.variables.get(variable):
            yield _(
                "%(variable)s is set, and leads to a server beside what DATABASE_URL says: take it "
                "out, and say all of it in the address."
            ) % {"variable": variable}
    yield from _database_address(one.variables.get("DATABASE_URL", ""))
    for file in filter(None, (one.key_file, one.old_key_file)):
        here = [each for each in one.own_folders if file.resolve().is_relative_to(each.resolve())]
        if here:
            yield _(
                "The key file is in %(folder)s, which is copied with the rest: a copy would open "
                "itself. Move it elsewhere, and name its place in SPHERES_KEY_FILE."
            ) % {"folder": here[0]}


def _names(one: Installation) -> Iterator[str]:
    for variable, host in (
        ("SPHERES_STAFF_HOST", one.staff_host),
        ("SPHERES_YOUTH_HOST", one.youth_host),
    ):
        if not NAME.fullmatch(host):
            yield _(
                "%(variable)s is « %(host)s », which is not the name of a site: write the name "
                "alone, such as equipe.example.org."
            ) % {"variable": variable, "host": host}
        elif host.endswith("localhost"):
            yield _(
                "%(variable)s is « %(host)s », which only this machine knows, and which needs no "
                "TLS: set it to the name that people type."
            ) % {"variable": variable, "host": host}
    if one.staff_host == one.youth_host:
        yield _(
            "Both sites are called « %(host)s »: give each a name of its own, so that neither "
            "reads the other’s cookies."
        ) % {"host": one.staff_host}


def _database_address(url: str) -> Iterator[str]:
    if not url:
        yield _(
            "DATABASE_URL is not set: name the PostgreSQL server that keeps the data, for the "
            "role that serves."
        )
        return
    said = conninfo_to_dict(url)
    # An address in numbers is where it goes, whatever name is beside it.
    named = str(said.get("hostaddr") or said.get("host") or "")
    is_here = "service" not in said and all(
        host in HERE or host.startswith("/") for host in named.split(",") if host
    )
    if not is_here and said.get("sslmode") != "verify-full":
        yield _(
            "The database is on another machine, and its name is not verified: add "
            "« ?sslmode=verify-full » to DATABASE_URL, with sslrootcert if its authority is yours."
        )


def unsafe_database(url: str) -> Iterator[str]:
    """What the database itself says of who asks it, of its server, and of what is in it."""
    try:
        connection.ensure_connection()
    except OperationalError:
        yield _why_silent(url)
        return
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [list(database_roles.ABOVE_APP)])
        role, moment, is_strong = cursor.fetchone()
    if is_strong:
        yield _(
            "DATABASE_URL signs in as « %(role)s », who may step over the rules of access: use the "
            "role « app », which owns nothing."
        ) % {"role": role}
        return  # what it would see is not what is served
    apart = round(abs((clock.now() - moment).total_seconds()))
    if apart > APART:
        yield _(
            "The clocks of this machine and of its database are %(count)s seconds apart: set both "
            "by the same source. What was withdrawn would still be open for that long."
        ) % {"count": apart}
    with connection.cursor() as cursor:
        yield from server_settings.unsafe(cursor)
    if not schema.is_marked(settings.SPHERES_KEY_ID):
        yield _(
            "The tables and the rules of access are not those of this code and of this key file: "
            "run « run.py manage migrate » with the owner’s address, which makes them, then "
            "start again."
        )
        return
    yield from _region()


def _why_silent(url: str) -> str:
    """Asked once more, beside the pool, which does not say why; the words of the answer, which may
    quote an address, are read and not shown."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error as error:
        if any(word in str(error) for word in UNPROVEN):
            return _(
                "The server that DATABASE_URL names does not prove who it is: its certificate must "
                "be in date, bear that very name, and come from the authority that sslrootcert "
                "names."
            )
    return _(
        "The database that DATABASE_URL names does not answer: see that it runs, and that its "
        "name, its role and its password are right."
    )


def _region() -> Iterator[str]:
    try:
        with context.unit_of_work(VISITOR):
            is_demo = regions.region().is_demo
    except regions.NoRegion:
        yield _("No region is loaded: run « run.py manage load_region regions/… ».")
        return
    if is_demo:
        yield _(
            "This database holds a demonstration: its doors are open to anybody. Real persons "
            "need a database of their own."
        )


def notes() -> Iterator[str]:
    """What works otherwise, or not at all, and puts nobody at risk."""
    if not sandbox.can_run():
        yield _("bubblewrap does not run here: papers that people send are refused.")
    if shutil.disk_usage(Path.cwd()).free < ROOM:
        yield _("Less than one gigabyte is free on this disk.")
