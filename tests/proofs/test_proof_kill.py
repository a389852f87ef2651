"""When the machine dies in the middle of a sentence, is everything acknowledged still there?"""

from __future__ import annotations

import os
import time

import pytest

from spheres.audit import actions as audit
from spheres.audit import export, verify
from tests.proofs.committed_world import World
from tests.proofs.figures import tell
from tests.proofs.fragile import Fragile, lost_and_doubled, standing

TARGET = "100 kills and 100,000 acknowledged a night, 0 lost, 0 doubled"


def kill_nine(world: World, folder, *, kills: int, seconds: float, threads: int = 6) -> None:
    """Writers write; the application, the database, or both die in turn and come back."""
    began, away = time.monotonic(), list[float]()
    with standing(world, folder) as site:
        with site.writers(threads) as tally:
            start = time.monotonic()
            for turn in range(kills):
                due = start + seconds * (turn + 1) / (kills + 1)
                time.sleep(max(0.3, due - time.monotonic()))
                away.append(DEATHS[turn % len(DEATHS)](site))
            time.sleep(max(0.3, start + seconds - time.monotonic()))
            wrote = time.monotonic() - start
        lost, doubled = lost_and_doubled(site, tally)
        strangers = set(site.kept()) - tally.sent
        found = verify.verify(export.lines(str(site.database.backup_url)), audit.public_keys(), [])

    tell(
        "kill -9 (T15)",
        f"{kills} kills, {len(tally.acknowledged):,} acknowledged in {wrote:.0f} s, "
        f"{len(lost)} lost, {len(doubled)} doubled; {tally.silences:,} silences, "
        f"{len(tally.faults):,} fault pages, back after {max(away):.1f} s at most; "
        f"{time.monotonic() - began:.0f} s in all",
        TARGET,
    )
    assert len(tally.acknowledged) > threads
    assert (lost, doubled) == (set(), set())
    assert len(strangers) == 1  # the note the world began with
    assert found.anomalies == []
    assert tally.ugly == []


def the_application(site: Fragile) -> float:
    site.kill_app()
    site.start_app()
    return site.wait_for_a_page()


def the_database(site: Fragile) -> float:
    site.kill_database()
    site.start_database()
    return site.wait_for_a_page()


def both(site: Fragile) -> float:
    site.kill_database()
    site.kill_app()
    site.start_database()
    site.start_app()
    return site.wait_for_a_page()


DEATHS = (the_database, the_application, both)


@pytest.mark.proof
def test_two_deaths_lose_nothing_and_double_nothing(world, tmp_path):
    kill_nine(world, tmp_path, kills=2, seconds=4)


@pytest.mark.proof
def test_many_deaths_lose_nothing_and_double_nothing(world, tmp_path):
    """For a night: SPHERES_KILLS=100 SPHERES_KILLS_APART=60 python3 run.py prove … -k many."""
    kills = int(os.environ.get("SPHERES_KILLS", "24"))
    apart = float(os.environ.get("SPHERES_KILLS_APART", "7.5"))
    kill_nine(world, tmp_path, kills=kills, seconds=kills * apart)
