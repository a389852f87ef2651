"""When two machines do the work of one database, is each piece done once?"""

from __future__ import annotations

import os
import time

import psycopg
import pytest

from spheres.config import processes
from tests.proofs.committed_world import World, at_database
from tests.proofs.figures import tell
from tests.proofs.fragile import ROOT

MANY = 300
DEFERRED = """
insert into procrastinate_jobs (queue_name, task_name, args, status, attempts)
select 'default', 'records.forget_drafts', '{}'::jsonb, 'todo', 0 from generate_series(1, %s)"""
STATES = "select status::text, count(*) from procrastinate_jobs group by 1"
STARTED = """
select max(n), count(*) from (
  select job_id, count(*) filter (where type = 'started') n from procrastinate_events group by 1
) per where n > 0"""


@pytest.mark.proof
def test_two_workers_share_the_work_and_do_nothing_twice(world: World, tmp_path) -> None:
    admin_url = at_database(os.environ["DATABASE_ADMIN_URL"], world.name)
    env = {**os.environ, "DATABASE_URL": at_database(os.environ["DATABASE_URL"], world.name)}
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(DEFERRED, [MANY])
        nodes = [
            processes.Background(
                f"node {number}", [*PYTHON, "work"], env, log=tmp_path / f"{number}.log", cwd=ROOT
            )
            for number in range(2)
        ]
        try:
            limit = time.monotonic() + 120
            while time.monotonic() < limit:
                states = dict(admin.execute(STATES).fetchall())
                if states.get("succeeded", 0) >= MANY:
                    break
                time.sleep(0.5)
        finally:
            for node in nodes:
                node.stop()
        most, started = admin.execute(STARTED).fetchone()
    shared = [(tmp_path / f"{number}.log").read_text().count('"job.ended"') for number in range(2)]

    tell("two nodes", f"{started:,} jobs, {shared} by each, {most} start of each at most", "1")
    assert states.get("succeeded", 0) >= MANY
    assert most == 1
    assert min(shared) > 0


PYTHON = [str(ROOT / ".venv" / "bin" / "python"), "manage.py"]
