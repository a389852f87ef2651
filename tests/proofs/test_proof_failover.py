"""When the server of the database dies and another takes its place, is anything lost?

Two servers on one machine: the second repeats what the first writes, and the first acknowledges
nothing that the second has not. The application knows both, and writes to whichever takes writes.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

import psycopg
import pytest

from spheres.audit import actions as audit
from spheres.audit import export, verify
from spheres.config import processes
from spheres.config.continuity import nightly, programs, recipients, sealing
from spheres.config.postgres import Server
from tests.keepers import keepers
from tests.proofs.committed_world import at_database
from tests.proofs.figures import tell
from tests.proofs.fragile import DATABASE_PORTS, NAME, Fragile, lost_and_doubled, standing

TARGET = "0 acknowledged lost, 0 doubled, a clear page meanwhile"


@contextmanager
def second(site: Fragile, var):
    """A server that repeats the first, up to date when this yields."""
    var.mkdir()
    server = Server(var, "second", password=site.postgres.password)
    admin = str(site.database.admin_url)
    subprocess.run(
        [programs.program("pg_basebackup"), f"--pgdata={server.data}", "--write-recovery-conf",
         "--checkpoint=fast", "--wal-method=stream"],
        env=programs.variables(admin), check=True, capture_output=True,
    )  # fmt: skip
    if server.account:
        for root, _folders, files in os.walk(server.data):
            for name in (root, *(os.path.join(root, file) for file in files)):
                os.chown(name, server.account.pw_uid, server.account.pw_gid)
    first = DATABASE_PORTS[(os.getpid() + 7) % len(DATABASE_PORTS) :]
    server.port = processes.first_free(first) or 0
    server.log.parent.mkdir(exist_ok=True)
    server.process = server._spawn()
    try:
        wait(server)
        with psycopg.connect(admin, autocommit=True) as asked:
            asked.execute("alter system set synchronous_standby_names to '*'")
            asked.execute("select pg_reload_conf()")
            until(asked, "select count(*) = 1 from pg_stat_replication where sync_state = 'sync'")
        yield server
    finally:
        server._end(server.process.pid)
        shutil.rmtree(server.data, ignore_errors=True)


def wait(server: Server) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError(server.log.read_text())


def until(asked: psycopg.Connection, question: str) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        if asked.execute(question).fetchone() == (True,):
            return
        time.sleep(0.05)
    raise AssertionError(question)


def at_port(url: str, port: int) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{parts.netloc.rpartition(':')[0]}:{port}").geturl()


def of_both(url: str, other: int, *, asks: str = "read-write") -> str:
    """One address for both servers: whichever takes writes is the one that is asked."""
    parts = urlsplit(url)
    who, _, host = parts.netloc.rpartition("@")
    both = f"{who}@{host},127.0.0.1:{other}"
    return parts._replace(netloc=both, query=f"target_session_attrs={asks}").geturl()


@pytest.mark.proof
def test_a_night_is_copied_from_the_server_that_takes_writes_alone(world, tmp_path):
    """The address names the one that repeats first: it knows nothing of the instant that is copied,
    and each programme must ask the same server as we do."""
    both, (identity, _other) = keepers(tmp_path, "Institut", "La Maison")
    with standing(world, tmp_path) as site, second(site, tmp_path / "second") as other:
        backup = at_database(str(site.database.backup_url), NAME)
        url = of_both(at_port(backup, other.port), site.postgres.port, asks="primary")

        stamp = nightly.copy(url, tmp_path / "copies", both, at=datetime.now(UTC))

        with psycopg.connect(backup) as first:
            there = nightly.counts(first)
    parts, counted = nightly.whole(tmp_path / "copies", stamp), io.BytesIO()
    sealing.open_to(parts["counts"], counted, recipients.identity(identity))
    assert sorted(parts) == ["counts", "keys", "texts"]
    assert json.loads(counted.getvalue()) == there


@pytest.mark.proof
def test_the_second_server_takes_over_and_nothing_acknowledged_is_lost(world, tmp_path):
    seconds = float(os.environ.get("SPHERES_SECONDS", "20"))
    with (
        standing(world, tmp_path) as site,
        second(site, tmp_path / "second") as other,
    ):
        site.kill_app()
        both = replace(site.database, app_url=of_both(site.database.app_url, other.port))
        pair = replace(site, database=both)
        pair.start_app()
        pair.wait_for_a_page()
        with pair.writers(6) as tally:
            time.sleep(seconds / 2)
            before = len(tally.acknowledged)
            pair.kill_database()
            died = time.monotonic()
            time.sleep(3)  # whoever watches the servers takes some time to be sure
            promoted = at_port(str(site.database.admin_url), other.port)
            with psycopg.connect(promoted, autocommit=True) as asked:
                asked.execute("select pg_promote()")
                until(asked, "select not pg_is_in_recovery()")
            after_death = len(tally.acknowledged)
            while len(tally.acknowledged) == after_death and time.monotonic() < died + 60:
                time.sleep(0.02)
            away = time.monotonic() - died
            time.sleep(seconds / 2)
            total = len(tally.acknowledged)
        there = replace(
            both,
            admin_url=promoted,
            backup_url=at_database(at_port(str(site.database.backup_url), other.port), NAME),
        )
        later = replace(pair, database=there)
        lost, doubled = lost_and_doubled(later, tally)
        found = verify.verify(export.lines(str(there.backup_url)), audit.public_keys(), [])
        site.app = pair.app  # the one that is stopped at the end

    tell(
        "failover",
        f"{len(tally.acknowledged):,} acknowledged, {len(lost)} lost, {len(doubled)} doubled; "
        f"{len(tally.faults):,} clear pages, writing again {away:.1f} s after the death "
        "(3.0 of them to promote)",
        TARGET,
    )
    assert 0 < before < total
    assert (lost, doubled) == (set(), set())
    assert found.anomalies == []
    assert tally.ugly == []
    assert tally.faults
