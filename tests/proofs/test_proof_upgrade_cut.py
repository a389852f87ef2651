"""When an upgrade is killed without a word, is it taken up again, and ends as one uncut (T33)?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.db.migrations.loader import MigrationLoader

from spheres.config import cluster
from spheres.config.continuity import nightly
from tests.proofs.committed_world import dump
from tests.proofs.figures import tell
from tests.proofs.fragile import NAME, ROOT
from tests.proofs.releases import RELEASES, released

OF_ONE_COPY = ("\\restrict", "\\unrestrict", "GRANT ")
TARGET = "each time taken up again, the same in the end as uncut"
BEGINS, ENDS = b"Applying ", b" OK\n"
# Seconds after the last migration, while every rule is made anew.
LATER = 0.4


@dataclass
class Cuts:
    """Where it was killed: in a migration, between two, while the rules of access were made."""

    within: int = 0
    between: int = 0
    in_rules: int = 0

    def __str__(self) -> str:
        return (
            f"{self.within + self.between + self.in_rules} cuts ({self.within} within a migration, "
            f"{self.between} between two, {self.in_rules} while the rules were made)"
        )


def cut_again_and_again(env: dict[str, str], *, every: int) -> Cuts:
    """Kill `migrate` in each `every`-th migration it begins, then after it; then, later and later,
    while it makes the rules; until one comes to its end."""
    cuts = Cuts()
    while steps := min(every, left_to_apply(env)):
        cuts.within += is_cut(env, lambda said, steps=steps: said.count(BEGINS) >= steps)
        if steps := min(every, left_to_apply(env)):
            cuts.between += is_cut(env, lambda said, steps=steps: said.count(ENDS) >= steps)
    while is_cut(env, has_begun_the_rules, after=LATER * cuts.in_rules):
        cuts.in_rules += 1
    return cuts


def left_to_apply(env: dict[str, str]) -> int:
    known = set(MigrationLoader(None).graph.nodes)
    with psycopg.connect(env["DATABASE_OWNER_URL"]) as owner:
        if owner.execute("select to_regclass('django_migrations')").fetchone() == (None,):
            return len(known)
        return len(known - set(owner.execute("select app, name from django_migrations")))


def has_begun_the_rules(said: bytes) -> bool:
    return b"No migrations to apply." in said


def is_cut(env: dict[str, str], when: Callable[[bytes], bool], *, after: float = 0) -> bool:
    """Kill one once it has said so; False where it came to its end before."""
    running = subprocess.Popen(
        [sys.executable, "manage.py", "migrate", "--no-input"], cwd=ROOT,
        env={**env, "SPHERES_ROLE": "owner", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert running.stdout is not None
    said = b""
    try:
        while not when(said):
            part = os.read(running.stdout.fileno(), 1 << 16)
            if not part:
                assert running.wait() == 0, said.decode()[-1500:]
                return False
            said += part
        try:
            running.wait(after)
        except subprocess.TimeoutExpired:
            return True
        assert running.returncode == 0, (said + running.stdout.read()).decode()[-1500:]
        return False
    finally:
        running.kill()
        running.communicate()


def shape(everything: cluster.Cluster, name: str, folder: Path) -> list[str]:
    """Tables, rules, functions, rights: all that a copy of the schema says."""
    url = everything.admin_at(name)
    said = dump(str(url), folder / f"{name}.sql", "--schema-only").decode().splitlines()
    # A copy closes itself by a word drawn for it; rights come in the order they were given in.
    rights = sorted(line for line in said if line.startswith("GRANT "))
    return [line for line in said if not line.startswith(OF_ONE_COPY)] + rights


def rows(everything: cluster.Cluster, name: str) -> dict[str, int]:
    with psycopg.connect(str(everything.admin_at(name))) as connection:
        return nightly.counts(connection)


@pytest.mark.proof
@pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: folder.name)
def test_an_upgrade_of_each_release_cut_at_any_step_is_taken_up_again(folder, tmp_path):
    """In each migration, after each, and while the rules of access are made anew."""
    with released(folder, tmp_path) as kept:
        cut = kept.everything.create_database("test_cut", template=NAME)
        kept.manage("migrate", "--no-input", role="owner")

        cuts = cut_again_and_again({**kept.env, **cut.environment()}, every=1)

        whole, ended = (shape(kept.everything, name, tmp_path) for name in (NAME, "test_cut"))
        counted, found = (rows(kept.everything, name) for name in (NAME, "test_cut"))

    tell(f"upgrade from {folder.name}, cut (T33)", str(cuts), TARGET)
    assert cuts.in_rules >= 3
    assert cuts.within == cuts.between
    assert ended == whole
    assert found == counted


@pytest.mark.proof
def test_a_new_database_cut_at_any_step_is_taken_up_again(world, tmp_path):
    """From the first table to the last rule; each sixteenth migration, lest it take an hour."""
    everything = cluster.from_environment()
    everything.drop_database("test_cut")
    made = everything.create_database("test_cut")
    try:
        cuts = cut_again_and_again({**os.environ, **made.environment()}, every=16)
        whole, ended = (shape(everything, name, tmp_path) for name in (world.name, "test_cut"))
    finally:
        everything.drop_database("test_cut")

    tell("new database, cut (T33)", str(cuts), TARGET)
    assert cuts.within >= 5
    assert cuts.in_rules >= 3
    assert ended == whole
