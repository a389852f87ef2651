"""When two machines do the work of one database, is each piece done once?"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from spheres.config import processes
from tests.proofs.committed_world import World, at_database
from tests.proofs.figures import tell
from tests.proofs.fragile import ROOT

PYTHON = [str(ROOT / ".venv" / "bin" / "python"), "manage.py"]
MANY, WORK = 300, "records.forget_drafts"
DEFERRED = f"""
insert into procrastinate_jobs (queue_name, task_name, args, status, attempts)
select 'default', '{WORK}', '{{}}'::jsonb, 'todo', 0 from generate_series(1, %s)"""
STATES = "select status::text, count(*) from procrastinate_jobs group by 1"
STARTED = """
select max(n), count(*) from (
  select job_id, count(*) filter (where type = 'started') n from procrastinate_events group by 1
) per where n > 0"""


@contextmanager
def nodes(world: World, tmp_path: Path, *names: str) -> Iterator[list[processes.Background]]:
    """Machines that do the work of one database, each a process of its own."""
    env = {**os.environ, "DATABASE_URL": at_database(os.environ["DATABASE_URL"], world.name)}
    begun = [
        processes.Background(name, [*PYTHON, "work"], env, log=tmp_path / f"{name}.log", cwd=ROOT)
        for name in names
    ]
    try:
        yield begun
    finally:
        for node in begun:
            node.stop()


def until(holds: Callable[[], object], *, seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, "it did not come to that"
        time.sleep(0.5)


@pytest.mark.proof
def test_two_workers_share_the_work_and_do_nothing_twice(world: World, tmp_path) -> None:
    admin_url = at_database(os.environ["DATABASE_ADMIN_URL"], world.name)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(DEFERRED, [MANY])
        with nodes(world, tmp_path, "0", "1"):
            until(lambda: dict(admin.execute(STATES).fetchall()).get("succeeded", 0) >= MANY,
                  seconds=120)  # fmt: skip
        most, started = admin.execute(STARTED).fetchone()
    shared = [(tmp_path / f"{number}.log").read_text().count('"job.ended"') for number in range(2)]

    tell("two nodes", f"{started:,} jobs, {shared} by each, {most} start of each at most", "1")
    assert most == 1
    assert min(shared) > 0


@pytest.mark.proof
def test_what_a_node_had_begun_when_it_died_is_done_by_the_other(world: World, tmp_path) -> None:
    """Killed inside its work, without a word; the other one is told by the silence."""
    admin_url = at_database(os.environ["DATABASE_ADMIN_URL"], world.name)
    one = "select id, status::text, attempts from procrastinate_jobs where task_name = %s"
    silent = "select from procrastinate_workers where last_heartbeat < now() - interval '61 s'"
    asked = DEFERRED.replace(WORK, "upkeep.begin_again")
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute("truncate procrastinate_jobs, procrastinate_workers cascade")
        with nodes(world, tmp_path, "dies") as [node], psycopg.connect(admin_url) as holding:
            holding.execute("lock table records_draft in access exclusive mode")
            admin.execute(DEFERRED, [1])
            until(lambda: "doing" in admin.execute(STATES).fetchall()[0], seconds=60)
            os.killpg(node.process.pid, signal.SIGKILL)
            began = time.monotonic()
        with nodes(world, tmp_path, "lives"):
            until(lambda: admin.execute(silent).rowcount, seconds=90)
            admin.execute(asked, [1])
            until(lambda: "succeeded" in admin.execute(one, [WORK]).fetchone(), seconds=60)
        took = time.monotonic() - began
        [(number, _status, attempts)] = admin.execute(one, [WORK]).fetchall()
        started = admin.execute(
            "select count(*) from procrastinate_events where job_id = %s and type = 'started'",
            [number],
        ).fetchone()[0]

    tell("a node dies at work", f"begun {started} times, done once, {took:.0f} s after", "done")
    assert (started, attempts) == (2, 2)
