"""While the rules of access become those of a new version, does anybody wait (T33)?"""

from __future__ import annotations

import http.client
import io
import os
import subprocess
import sys
import tarfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from spheres.config import cluster, database_roles, keyfile, processes
from spheres.config.continuity import nightly, programs
from tests.proofs.committed_world import at_database
from tests.proofs.figures import tell
from tests.proofs.fragile import (
    NAME,
    ROOT,
    Answer,
    Fragile,
    hidden,
    lost_and_doubled,
    standing,
)

TARGET = "0 errors, nobody waits over 2 s, at 50 requests a second"
A_SECOND = 50


@dataclass
class Readers:
    """What people who read met: how long each page took, and each that was not given."""

    took: list[float] = field(default_factory=list)
    refused: list[Answer] = field(default_factory=list)


@contextmanager
def readers(site: Fragile, *, a_second: int, threads: int = 10):
    met, over = Readers(), threading.Event()
    cookie = f"{settings.SESSION_COOKIE_NAME}={site.key}"
    pages = ("/people/", "/", site.file_page, "/sign-in/")

    def read(number: int) -> None:
        turn = number
        while not over.is_set():
            began = time.monotonic()
            page = pages[turn % len(pages)]
            turn += 1
            try:
                answer = site.ask("GET", page, settings.STAFF_HOST, cookie=cookie, timeout=60)
            except (OSError, http.client.HTTPException) as silence:
                met.refused.append(Answer(0, type(silence).__name__))
            else:
                if answer.status not in (200, 302):
                    met.refused.append(answer)
            took = time.monotonic() - began
            met.took.append(took)
            over.wait(max(0, threads / a_second - took))

    crowd = [threading.Thread(target=read, args=(number,)) for number in range(threads)]
    for one in crowd:
        one.start()
    try:
        yield met
    finally:
        over.set()
        for one in crowd:
            one.join()


def migrate(site: Fragile, **more: str) -> subprocess.CompletedProcess[str]:
    """What an operator runs, with the owner’s address, beside the site that goes on."""
    return subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input"],
        cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, **site.database.environment(), "SPHERES_ROLE": "owner", **more},
    )  # fmt: skip


@pytest.mark.proof
def test_people_read_and_write_while_the_rules_are_made_anew(world, tmp_path):
    with standing(world, tmp_path) as site:
        with psycopg.connect(at_database(str(site.database.admin_url), NAME)) as admin:
            admin.execute("comment on schema access is null")  # as if they were another version’s
        with readers(site, a_second=A_SECOND) as read, site.writers(2) as tally:
            time.sleep(3)
            before = len(read.took)
            began = time.monotonic()
            done = migrate(site)
            took = time.monotonic() - began
            during = read.took[before:]
            time.sleep(3)
        lost, doubled = lost_and_doubled(site, tally)

    assert done.returncode == 0, done.stderr[-1500:]
    tell(
        "upgrade (T33)",
        f"{len(read.took):,} pages read, {len(tally.acknowledged):,} notes signed, "
        f"{len(read.refused) + len(tally.faults)} errors; migrate {took:.1f} s, the longest page "
        f"{max(during):.2f} s",
        TARGET,
    )
    assert read.refused == []
    assert tally.faults == []
    assert (lost, doubled) == (set(), set())
    assert max(during) < 2


RELEASES = sorted(path for path in (ROOT / "tests" / "releases").iterdir() if path.is_dir())


@contextmanager
def released(folder: Path, tmp_path: Path):
    """The database of a release, in a server of its own; its key file, closed as it must be."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    key = closed / "key"
    key.touch(mode=0o600)
    key.write_bytes((folder / "key").read_bytes())
    with hidden():
        everything = cluster.up(var=tmp_path / "var")
    try:
        database = everything.create_database(NAME)
        programs.run("pg_restore", str(everything.admin_at(NAME)),
                     f"--dbname={NAME}", str(folder / "database.dump"))  # fmt: skip
        yield database, {**os.environ, **database.environment(), keyfile.VARIABLE: str(key)}
    finally:
        everything.stop()


def code_of(folder: Path, tmp_path: Path) -> Path:
    """The code that was released; that of this very tree where the clone does not go so far."""
    commit = (folder / "commit").read_text().strip()
    told = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True)
    if told.returncode:
        return ROOT
    place = tmp_path / "code"
    with tarfile.open(fileobj=io.BytesIO(told.stdout)) as code:
        code.extractall(place, filter="data")
    return place


@contextmanager
def served(code: Path, env: dict[str, str], log: Path):
    port = processes.first_free(range(18_950, 18_999))
    kept = {k: v for k, v in env.items() if k not in database_roles.STRONGER}
    site = processes.Background(
        "site", processes.site(port), {**kept, "SPHERES_PORT": str(port)}, log=log, cwd=code
    )
    try:
        processes.wait_for_a_page(site, port, settings.YOUTH_HOST)
        yield port
    finally:
        site.stop()


@pytest.mark.proof
@pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: folder.name)
def test_the_database_of_each_release_becomes_this_version_s(folder, tmp_path):
    """Its own code goes on meanwhile; afterwards ours serves it, its journal and texts whole."""
    faults, over, asked = [], threading.Event(), 0
    with released(folder, tmp_path) as (database, env):
        with psycopg.connect(str(database.backup_url)) as before:
            counted = nightly.counts(before)

        def ask(port: int) -> None:
            nonlocal asked
            while not over.is_set():
                for path in ("/", "/how/", "/figures/", "/lines/"):
                    answer = get(port, path)
                    asked += 1
                    if answer != 200:
                        faults.append((path, answer))
                over.wait(0.02)

        with served(code_of(folder, tmp_path), env, tmp_path / "old.log") as port:
            reader = threading.Thread(target=ask, args=(port,))
            reader.start()
            time.sleep(2)
            done = subprocess.run(
                [sys.executable, "manage.py", "migrate", "--no-input"], cwd=ROOT,
                capture_output=True, text=True, env={**env, "SPHERES_ROLE": "owner"},
            )  # fmt: skip
            time.sleep(2)
            over.set()
            reader.join()
        whole = subprocess.run(
            [sys.executable, "manage.py", "verify_copy"], cwd=ROOT, capture_output=True, text=True,
            env=env,
        )  # fmt: skip
        with served(ROOT, env, tmp_path / "new.log") as port:
            assert [get(port, path) for path in ("/", "/how/", "/lines/")] == [200] * 3
        with psycopg.connect(str(database.backup_url)) as after:
            lost = {
                table: count
                for table, count in counted.items()
                if nightly.counts(after).get(table, 0) < count
            }

    tell(
        f"upgrade from {folder.name} (T33)",
        f"{asked:,} pages, {len(faults)} errors, {len(lost)} tables with fewer rows",
        "0 errors, nothing lost",
    )
    assert done.returncode == 0, done.stderr[-1500:]
    assert (faults, lost) == ([], {})
    assert (whole.returncode, whole.stderr) == (0, "")
    assert "nothing was altered" in whole.stdout


def get(port: int, path: str) -> int:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        asked.request("GET", path, headers={"Host": f"{settings.YOUTH_HOST}:{port}"})
        answer = asked.getresponse()
        answer.read()
        return answer.status
    finally:
        asked.close()


@pytest.mark.proof
def test_an_upgrade_cut_at_any_step_is_taken_up_again(world):
    """Killed without a word, again and again, from the first table to the last rule."""
    everything = cluster.from_environment()
    everything.drop_database("test_cut")
    made = everything.create_database("test_cut")
    env = {**os.environ, **made.environment(), "SPHERES_ROLE": "owner"}
    command = [sys.executable, "manage.py", "migrate", "--no-input", "-v", "0"]
    cuts, done = 0, None
    try:
        for turn in range(60):
            running = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            try:
                _out, words = running.communicate(timeout=3 + turn * 0.4)
                done = running.returncode
                break
            except subprocess.TimeoutExpired:
                running.kill()
                running.communicate()
                cuts += 1
        with psycopg.connect(str(everything.admin_at("test_cut"))) as there:
            rules = there.execute(RULES).fetchone()
        with psycopg.connect(str(everything.admin_at(world.name))) as reference:
            whole = reference.execute(RULES).fetchone()
    finally:
        everything.drop_database("test_cut")

    tell("upgrade, cut", f"{cuts} cuts, then {rules} tables, rules and functions", "as uncut")
    assert done == 0, words.decode()[-1500:]
    assert cuts >= 3
    assert rules == whole


RULES = """
select (select count(*) from pg_tables where schemaname in ('public', 'keys')),
  (select count(*) from pg_policies), (select count(*) from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'access')"""
