"""While the rules of access become those of a new version, does anybody wait (T33)?"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
import pytest
from django.conf import settings

from spheres.config.continuity import nightly
from tests.proofs.committed_world import at_database
from tests.proofs.figures import tell
from tests.proofs.fragile import NAME, ROOT, Answer, Fragile, lost_and_doubled, standing
from tests.proofs.releases import RELEASES, code_of, cookie_of, released, serving

TARGET = "0 errors, nobody waits over 2 s, at 50 requests a second"
A_SECOND = 50
LONGEST = 2.0
STREET = ("/", "/how/", "/figures/", "/lines/")
# A session that was lost is not an answer: she would be sent to one of these.
DOORS = ("/sign-in/", "/unlock/")


@dataclass
class Readers:
    """What people who read met: how long each page took, and each that was not given."""

    took: list[float] = field(default_factory=list)
    by_somebody: int = 0
    refused: list[tuple[str, Answer]] = field(default_factory=list)


@contextmanager
def readers(
    site: Fragile, *, a_second: int, street: tuple[str, ...] = (), threads: int = 10
) -> Iterator[Readers]:
    """Pages of whoever has come in, and those of the street, each in its turn."""
    met, over = Readers(), threading.Event()
    inside = ("/people/", "/", site.file_page, "/account/")
    pages = [(settings.STAFF_HOST, page) for page in inside]
    pages += [(settings.YOUTH_HOST, page) for page in street]

    def read(number: int) -> None:
        turn = number
        while not over.is_set():
            began = time.monotonic()
            host, page = pages[turn % len(pages)]
            is_inside = host == settings.STAFF_HOST
            turn += 1
            cookie = cookie_of(site) if is_inside else ""
            try:
                answer = site.ask("GET", page, host, cookie=cookie, timeout=60)
            except (OSError, http.client.HTTPException) as silence:
                met.refused.append((page, Answer(0, type(silence).__name__)))
            else:
                if answer.status not in (200, 302) or answer.location.startswith(DOORS):
                    met.refused.append((page, answer))
            took = time.monotonic() - began
            met.took.append(took)
            met.by_somebody += is_inside
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
    assert max(during) < LONGEST


@pytest.mark.proof
@pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: folder.name)
def test_the_database_of_each_release_becomes_this_version_s(folder, tmp_path):
    """Its own code serves meanwhile: a worker who has come in reads her pages and signs notes, the
    street reads its own. Afterwards ours serves it, to the same session, its journal and texts
    whole."""
    code = code_of(folder, tmp_path)
    with released(folder, tmp_path) as kept:
        with psycopg.connect(str(kept.database.backup_url)) as before:
            counted = nightly.counts(before)
        with (
            serving(kept, code, tmp_path / "old") as site,
            readers(site, a_second=A_SECOND, street=STREET) as read,
            site.writers(1) as tally,
        ):
            time.sleep(3)
            first, began = len(read.took), time.monotonic()
            done = migrate(site, **kept.env)
            took = time.monotonic() - began
            during = read.took[first:]
            time.sleep(3)
        whole = kept.manage("verify_copy")
        with serving(kept, ROOT, tmp_path / "new", key=site.key) as ours:
            lost, doubled = lost_and_doubled(ours, tally)
            street = [ours.ask("GET", page, settings.YOUTH_HOST).status for page in STREET]
            # Signed under the old version, read under this one.
            one = f"{ours.file_page}notes/{min(tally.acknowledged)}/"
            hers = ours.ask("GET", one, settings.STAFF_HOST, cookie=cookie_of(ours))
        with psycopg.connect(str(kept.database.backup_url)) as after:
            found = nightly.counts(after)
        fewer = {table for table, count in counted.items() if found.get(table, 0) < count}
    errors = len(read.refused) + len(tally.faults)

    tell(
        f"upgrade from {folder.name} (T33)",
        f"{len(read.took):,} pages read, {read.by_somebody:,} of them signed in, "
        f"{len(tally.acknowledged):,} notes signed, {errors} errors, "
        f"{len(fewer)} tables with fewer rows; migrate {took:.1f} s, meanwhile "
        f"{len(during) / took:.0f} a second, the longest page {max(during):.2f} s",
        TARGET,
    )
    assert done.returncode == 0, done.stderr[-1500:]
    assert (read.refused, tally.faults, fewer) == ([], [], set())
    assert (len(tally.acknowledged) > 0, lost, doubled) == (True, set(), set())
    assert max(during) < LONGEST
    assert "nothing was altered" in whole
    assert (street, hers.status, "Oui." in hers.body) == ([200] * len(STREET), 200, True)
