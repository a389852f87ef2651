"""Does one person's context ever answer another's question, whoever lends the connection?

Each request asks, as the pages do, in one transaction with one signed context: who am I, what can I
see of the files, of the notes. Threads share few connections, so that each one meets the connection
another has just left; some requests fail midway, some forget their context, as bugs would.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import transaction
from psycopg_pool import ConnectionPool

from spheres.accounts.models import Role
from spheres.config import processes
from spheres.core import context
from spheres.core.actor import VISITOR, Actor, service
from tests.cast import LOADER, MONDAY, add_person, follow
from tests.proofs.committed_world import World, at_database
from tests.proofs.databases import SEARCH
from tests.proofs.figures import tell

THREADS, CONNECTIONS = 8, 3
PORTS = range(18500, 18600)
Lend = Callable[[], Any]  # a context manager that lends one connection
ANSWER = """
select access.actor(), access.organisation(), access.roles(),
  array(select id from participants_file order by id),
  array(select distinct file_id from notes_note order by file_id)"""


class Broken(Exception):
    """A request of the proof that fails on purpose, midway."""


def crowd(world: World) -> dict[Actor, list[str]]:
    """People with one file each, who must never see another's; and three who see none."""
    cast = world.cast
    seen = {actor: [] for actor in (VISITOR, cast.samir, service("sealer"))}
    seen[cast.ines] = [str(cast.maya.file_id)]
    for number in range(4):
        with world.acting(LOADER):
            worker = add_person(f"Worker {number}", cast.la_maison, Role.YOUTH_WORKER)
        with transaction.atomic():
            made = follow(
                f"Person {number}", desk=cast.institute.id, louise=cast.louise, worker=worker
            )
        seen[worker] = [str(made.file_id)]
    return seen


def ask(lent: psycopg.Connection[Any], actor: Actor, kind: int) -> tuple[object, ...] | None:
    """One request; None when it failed, or was refused, as it should."""
    try:
        with lent.transaction():
            if kind == 0:  # a bug: no context is given. What stands is nobody's, so all is refused.
                return lent.execute(ANSWER).fetchone()
            lent.execute(
                "select set_config(%s, %s, true)", [context.SETTING, context.sign(actor, MONDAY)]
            )
            answer = lent.execute(ANSWER).fetchone()
            if kind == 1:
                raise Broken
            if kind == 2:
                lent.execute("select 1 / 0")
            return answer
    except (Broken, psycopg.errors.DivisionByZero):
        return None
    except psycopg.errors.InsufficientPrivilege:
        return None if kind == 0 else ("refused",)


def foreign_reads(lend: Lend, seen: dict[Actor, list[str]], requests: int) -> tuple[list, int]:
    """Whatever was answered that is not the asker's own; and how many were answered at all."""
    turns, foreign, answered = itertools.count(), [], itertools.count()
    actors = list(seen)
    lock = threading.Lock()

    def work(thread: int) -> None:
        while (turn := next(turns)) < requests:
            actor, kind = actors[(turn * 7 + thread) % len(actors)], turn % 10
            with lend() as lent:
                answer = ask(lent, actor, kind)
            if answer is None:
                continue
            next(answered)
            own = (actor.user_id, actor.organisation_id, sorted(actor.roles))
            files = [*map(str, answer[3]), *map(str, answer[4])] if len(answer) == 5 else ["?"]
            right = kind > 2 and len(answer) == 5 and (*answer[:2], sorted(answer[2])) == own
            if not right or set(files) != set(seen[actor]):
                with lock:
                    foreign.append((actor, kind, answer))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    return foreign, next(answered)


@contextmanager
def pooled(url: str, **options: Any) -> Iterator[Lend]:
    """Few connections that stay open and pass from thread to thread."""
    with ConnectionPool(
        url, min_size=CONNECTIONS, max_size=CONNECTIONS, kwargs={"autocommit": True, **options}
    ) as pool:
        yield pool.connection


@contextmanager
def through_pgbouncer(url: str, folder: Path) -> Iterator[Lend]:
    """Each thread its own connection, to a pooler that lends a few for one transaction each."""
    programme = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if programme is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no pgbouncer on this machine (on Debian: apt install pgbouncer)")
        pytest.skip("no pgbouncer on this machine (on Debian: apt install pgbouncer)")
    parts = urlsplit(url)
    port = processes.first_free(PORTS)
    users = folder / "users.txt"
    users.write_text(f'"{parts.username}" "{parts.password}"\n')
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        f"[databases]\n* = host={parts.hostname} port={parts.port}\n[pgbouncer]\n"
        f"listen_addr = {processes.HOST}\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = scram-sha-256\nauth_file = {users}\npool_mode = transaction\n"
        f"default_pool_size = {CONNECTIONS}\nmax_client_conn = 100\n"
        "ignore_startup_parameters = options,extra_float_digits\n"
        "server_reset_query =\n"
    )
    command = [programme, str(settings)]
    account = {}
    if os.geteuid() == 0:  # it refuses to be root
        nobody = pwd.getpwnam("nobody")
        place = Path("/tmp") / f"spheres-pgbouncer-{os.getpid()}"
        shutil.copytree(folder, place)
        for file in (place, *place.iterdir()):
            os.chown(file, nobody.pw_uid, nobody.pw_gid)
        settings.write_text("")
        moved = place / "pgbouncer.ini"
        moved.write_text(moved.read_text().replace(str(users), str(place / "users.txt")))
        command = [programme, str(moved)]
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        cwd="/", **account,
    )  # fmt: skip
    try:
        _wait(port, child)
        address = urlunsplit(
            parts._replace(netloc=f"{parts.username}:{parts.password}@{processes.HOST}:{port}")
        )
        mine, opened = threading.local(), []

        @contextmanager
        def lend() -> Iterator[psycopg.Connection[Any]]:
            if not hasattr(mine, "connection"):
                # Statements prepared in one lent connection are unknown to the next.
                mine.connection = psycopg.connect(address, autocommit=True, prepare_threshold=None)
                opened.append(mine.connection)
            yield mine.connection

        yield lend
        for one in opened:
            one.close()
    finally:
        child.terminate()
        child.wait()
        if account:
            shutil.rmtree(place)


def _wait(port: int, child: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 10
    while time.monotonic() < limit and child.poll() is None:
        try:
            socket.create_connection((processes.HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"pgbouncer does not answer: {child.poll()}")


REQUESTS = pytest.mark.parametrize(
    "requests",
    [800, pytest.param(20_000, marks=pytest.mark.proof)],
    ids=lambda number: f"{number} requests",
)


def prove(way: str, world: World, lend: Lend, requests: int) -> None:
    began = time.monotonic()
    foreign, answered = foreign_reads(lend, crowd(world), requests)
    tell(
        f"context leak, {way} (T6)",
        f"{requests:,} requests, {THREADS} threads, {CONNECTIONS} connections, "
        f"{len(foreign)} foreign reads, {time.monotonic() - began:.0f} s",
        "20,000 requests, 0 foreign reads",
    )
    assert answered >= requests * 0.6
    assert foreign == []


def app_url(world: World) -> str:
    return at_database(os.environ["DATABASE_URL"], world.name)


@REQUESTS
def test_a_connection_that_stays_open_keeps_nothing_of_the_last_one(world, requests):
    with pooled(app_url(world), options=SEARCH) as lend:
        prove("persistent", world, lend, requests)


@REQUESTS
def test_a_pooler_lends_no_context_with_its_connection(world, tmp_path, requests):
    with world.admin() as admin:  # what the pages say when they connect, a pooler cannot pass on
        admin.execute(f"alter role app in database {world.name} set search_path = public, keys")
        admin.execute(f"alter role app in database {world.name} set timezone = 'UTC'")
    with through_pgbouncer(app_url(world), tmp_path) as lend:
        prove("pgbouncer", world, lend, requests)
