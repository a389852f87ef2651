"""While the rules of access become those of a new version, does anybody wait (T33)?"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
import pytest
from django.conf import settings

from tests.proofs.committed_world import at_database
from tests.proofs.figures import tell
from tests.proofs.fragile import NAME, ROOT, Answer, Fragile, lost_and_doubled, standing

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
