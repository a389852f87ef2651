"""When the worker dies while past trainings are brought in, is each of them added once? And is the
longest list that may be sent taken, in how long and with how much memory?"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from spheres.core import clock
from spheres.core.jobs import defer
from spheres.papers.sandbox import NotTaken
from spheres.training.attestations.models import Attestation
from spheres.training.attestations.tests.factories import teach
from spheres.training.brought_in import actions, queries, sheets, tasks
from spheres.training.brought_in.actions import Answers
from spheres.training.brought_in.models import PastList
from spheres.training.brought_in.tests.factories import listed
from tests.cast import uuid_of
from tests.proofs.committed_world import World, at_database
from tests.proofs.figures import tell
from tests.region import demo_words

ROOT = Path(__file__).resolve().parents[2]
LIST = uuid_of("ten thousand")
LINES = 10_000
PATIENCE = 60


def ten_thousand() -> bytes:
    """A thousand people, ten trainings each."""
    first = date(2020, 1, 1)
    return listed(
        *(
            f"Personne {number // 10};p{number // 10}@ecole.example;École {number % 40};"
            f"Milieu scolaire;first;{first + timedelta(days=number % 10 * 90)};3;;06"
            for number in range(LINES)
        )
    )


def worker(world: World, logs: Path) -> subprocess.Popen[bytes]:
    others = {name: value for name, value in os.environ.items() if "DATABASE_" not in name}
    url = at_database(os.environ["DATABASE_URL"], world.name)
    with (logs / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "manage.py", "work"],
            cwd=ROOT,
            env=others | {"DATABASE_URL": url},
            stdout=log,
            stderr=log,
        )


def stands(world: World) -> tuple[str, int]:
    with world.acting(world.cast.louise):
        row = PastList.objects.get(pk=LIST)
        return row.status, row.done


def wait(world: World, until: int, status: str, of: subprocess.Popen[bytes]) -> None:
    """Until so many lines are handled, or it stands so."""
    began = time.monotonic()
    while (now := stands(world))[1] < until and now[0] != status:
        assert of.poll() is None, "the worker left by itself"
        assert time.monotonic() - began < PATIENCE, now
        time.sleep(0.05)


def end(of: subprocess.Popen[bytes]) -> None:
    """Without a word: kill -9."""
    of.send_signal(signal.SIGKILL)
    of.wait()


def test_ten_thousand_past_trainings_survive_a_kill_in_the_middle(
    world: World, tmp_path: Path
) -> None:
    louise = world.cast.louise
    with transaction.atomic():
        teach()
    began = time.monotonic()
    with demo_words(), world.acting(louise) as by:
        actions.read(LIST, ten_thousand(), by=by, at=clock.now(), on=clock.today())
    understood = time.monotonic() - began
    with world.acting(louise) as by:
        actions.bring_in(LIST, Answers(), by=by, at=clock.now())
        defer(tasks.go_on, by=by, past_list_id=str(LIST))

    began = time.monotonic()
    first = worker(world, tmp_path)
    try:
        wait(world, LINES // 2, "BROUGHT", first)
        time.sleep(0.1)  # it writes the next thousand
    finally:
        end(first)
    status, halfway = stands(world)
    with world.acting(louise) as by:
        found = Attestation.objects.count()
        defer(tasks.go_on, by=by, past_list_id=str(LIST))
    second = worker(world, tmp_path)
    try:
        wait(world, LINES + 1, "BROUGHT", second)
    finally:
        end(second)
    wrote = time.monotonic() - began

    with world.acting(louise), connection.cursor() as cursor:
        cursor.execute(
            "select count(*), count(distinct (name, topic, taken_on)) from attestations_attestation"
        )
        kept, different = cursor.fetchone()
        added = PastList.objects.get(pk=LIST).added
    tell(
        "past trainings (kill -9)",
        f"{LINES:,} lines understood in {understood:.1f} s, killed after {halfway:,}, all written "
        f"in {wrote:.1f} s with two starts of the worker, {LINES - different} lost, "
        f"{kept - different} doubled",
        "10,000 in < 60 s, 0 lost, 0 doubled",
    )
    assert (status, found) == ("BRINGING", halfway)
    assert LINES // 2 <= halfway < LINES
    assert (kept, different, added) == (LINES, LINES, LINES)
    assert understood + wrote < 60


def a_hundred_thousand(lines: int) -> bytes:
    """Ten thousand people, ten trainings each; one line in a thousand is wrong."""
    first = date(2020, 1, 1)
    return listed(
        *(
            f"Personne {number // 10};p{number // 10}@ecole.example;École {number % 40};"
            f"Milieu scolaire;first;"
            f"{'hier' if number % 1000 == 7 else first + timedelta(days=number % 10 * 90)};3;;06"
            for number in range(lines)
        )
    )


def test_a_list_of_a_hundred_thousand_lines_is_understood_and_one_line_more_is_refused(
    world: World,
) -> None:
    louise = world.cast.louise
    with transaction.atomic():
        teach()
    content = a_hundred_thousand(sheets.MOST)
    before, began = most_memory(anew=True), time.monotonic()
    with demo_words(), world.acting(louise) as by:
        actions.read(LIST, content, by=by, at=clock.now(), on=clock.today())
    understood, more = time.monotonic() - began, most_memory() - before
    began = time.monotonic()
    with world.acting(louise) as by:
        row = PastList.objects.get(pk=LIST)
        looked = queries.looked(row, actor=by)
    seen = time.monotonic() - began
    other, too_many = uuid_of("one line more"), a_hundred_thousand(sheets.MOST + 1)
    with world.acting(louise) as by, pytest.raises(NotTaken) as refusal:
        actions.read(other, too_many, by=by, at=clock.now(), on=clock.today())

    tell(
        "past trainings (100,000)",
        f"{len(content) / 1e6:.1f} MB understood and kept in {understood:.1f} s with {more} MB "
        f"more of memory, looked at in {seen:.2f} s",
        "< 120 s, < 700 MB; one line more refused",
    )
    assert (row.size, len(row.faults), looked.new) == (sheets.MOST, 100, sheets.MOST - 100)
    assert refusal.value.reason == sheets.TOO_MANY
    assert more < 700


def most_memory(*, anew: bool = False) -> int:
    """The most this process has held, in megabytes; since now, when it is counted anew."""
    of_itself = Path("/proc/self")
    if anew:
        (of_itself / "clear_refs").write_text("5")
    (most,) = re.findall(r"VmHWM:\s+(\d+) kB", (of_itself / "status").read_text())
    return int(most) // 1024
