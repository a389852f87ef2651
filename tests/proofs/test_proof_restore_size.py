"""How long do a copy and its way back take where thousands of participants are followed (T18)?

`SPHERES_PARTICIPANTS=10000 python3 run.py prove restore_size` asks it of a world of that size.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest

from spheres.config import cluster
from spheres.config.bench import run as bench
from spheres.config.bench import world as of_size
from spheres.config.continuity import following, nightly
from spheres.config.continuity.recipients import Recipient
from tests.keepers import keepers
from tests.proofs.figures import tell
from tests.proofs.fragile import ROOT, hidden

SIZE = int(os.environ.get("SPHERES_PARTICIPANTS", "300"))
NAME = "test_size"
TARGET = "recovery point ≤ 5 min, time ≤ 60 min, the journal verified, somebody came in"
OFTEN = 0.25  # seconds between two marks in the log


@pytest.fixture
def made(tmp_path) -> Iterator[tuple[cluster.Cluster, float]]:
    """A server of its own whose disk is waited for, with so many participants; and in how long."""
    began = time.monotonic()
    with hidden():
        everything = cluster.up(var=tmp_path / "var")
    try:
        database = everything.create_database(NAME, large=SIZE >= 10_000)
        bench.migrate(database)
        bench.load_region(database)
        of_size.build(database.owner_url, SIZE)
        with psycopg.connect(database.owner_url, autocommit=True) as owner:
            owner.execute("vacuum analyze")
        yield database, time.monotonic() - began
    finally:
        everything.stop()


def drilled(folder: Path, identity: Path, *night: str) -> float:
    """The rehearsal, by its one command: its own seconds, once all that it promises was said."""
    closed = folder.with_name("here")
    closed.mkdir(mode=0o700, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "spheres.config.continuity", "restore", str(folder),
         f"--identity={identity}", f"--database={NAME}", "--drill", *night],
        cwd=ROOT, capture_output=True, text=True,
        env={
            **os.environ, "SPHERES_VAR": str(closed), "SPHERES_STAFF_HOST": "equipe.example.org",
            "SPHERES_YOUTH_HOST": "jeunes.example.org", "SPHERES_TRUSTED_PROXIES": "192.0.2.7",
        },
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[-1500:]
    assert "nothing was altered" in done.stdout
    *_before, somebody, last = done.stdout.splitlines()
    assert somebody == "  Somebody was invited, enrolled a passkey, went out, and came in with it."
    said = re.fullmatch(r"  Put back, verified and answering in (\d+) s\.", last)
    assert said is not None, last
    return float(said[1])


def weight(folder: Path, pattern: str) -> str:
    return f"{sum(place.stat().st_size for place in folder.glob(pattern)) / 1e6:,.0f} MB"


def size_of(database: cluster.Cluster) -> str:
    with psycopg.connect(str(database.admin_at(NAME))) as admin:
        (held,) = admin.execute("select pg_database_size(current_database())").fetchone()
    return f"{held / 1e6:,.0f} MB"


@pytest.mark.proof
def test_a_world_of_this_size_is_copied_and_put_back(made, tmp_path):
    """A night, put back by the drill; then the whole copy of the week and the log since, likewise.
    Of the night, what was written after its instant is missing; of the log, what was not sealed."""
    database, making = made
    both, (identity, _other) = keepers(tmp_path, "Institut", "La Maison")
    nights, logs = tmp_path / "nights", tmp_path / "logs"

    began = time.monotonic()
    nightly.copy(str(database.backup_url), nights, both, at=datetime.now(UTC))
    copying = time.monotonic() - began
    night = drilled(nights, identity, "--night=last")
    whole, unsealed = followed(database, logs, both, tmp_path / "spool")
    log = drilled(logs, identity)

    late = following.EVERY + unsealed
    size = f"{SIZE:,} participants, {SIZE * of_size.NOTES_EACH:,} notes, {size_of(database)}"
    tell(
        f"a night, {SIZE:,} participants (T18)",
        f"{size} (made in {making:.0f} s); the copy {weight(nights, '*.age')} in {copying:.0f} s, "
        f"back by the drill in {night:.0f} s; what was written after its instant is missing",
        TARGET,
    )
    tell(
        f"the log, {SIZE:,} participants (T18)",
        f"whole copy {weight(logs, 'base-*.age')} in {whole:.0f} s, back by the drill in "
        f"{log:.0f} s; recovery point {late:.0f} s at the worst: a minute, and {unsealed:.0f} s "
        "while the whole copy is made",
        TARGET,
    )
    assert max(night, log) < 3600
    assert late < 300


def followed(
    database: cluster.Cluster, folder: Path, both: tuple[Recipient, ...], spool: Path
) -> tuple[float, float]:
    """Follow the log while somebody writes without rest, until the whole copy stands and a part of
    the log after it: after how many seconds each did. Meanwhile nothing else was sealed."""
    one = following.Following(str(database.backup_url), folder, both, spool)
    over, began = Event(), time.monotonic()

    def write() -> None:
        with psycopg.connect(str(database.admin_at(NAME)), autocommit=True) as admin:
            while not over.wait(OFTEN):
                admin.execute("select pg_logical_emit_message(true, 'x', 'written')")

    def follow() -> None:
        one.run(clock=lambda: datetime.now(UTC), say=lambda _said: None, over=over)

    crowd = [Thread(target=work) for work in (write, follow)]
    for work in crowd:
        work.start()
    try:
        wait_for(crowd[1], lambda: following.bases(folder))
        whole = time.monotonic() - began
        wait_for(crowd[1], lambda: list((folder / "wal").glob("*.age")))
        unsealed = time.monotonic() - began
    finally:
        over.set()
        for work in crowd:
            work.join()
    return whole, unsealed


def wait_for(follower: Thread, found: Callable[[], object]) -> None:
    while not found():
        assert follower.is_alive()
        time.sleep(0.05)
