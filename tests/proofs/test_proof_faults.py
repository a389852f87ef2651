"""When the disk is full or the database restarts, what is said, what is kept, what comes back?"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings

from spheres.public.forms import SelfForm
from spheres.public.tests.letters import SELF
from tests.proofs.figures import tell
from tests.proofs.fragile import TRACES, Answer, Fragile, Tally, lost_and_doubled, standing

SMALL = "96m"
LONG = "Elle écrit longuement. " * 1000
TARGET = "0 acknowledged lost, 0 stack traces, a page in less than 2 s"


@contextmanager
def small_volume(folder: Path) -> Iterator[Path]:
    """A volume of memory, quickly filled."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount the small volume that this proof fills")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", folder]
    try:
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("this machine does not let even root mount a volume")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
    finally:
        folder.rmdir()


@contextmanager
def filled(volume: Path) -> Iterator[None]:
    """Not a byte is left on this volume, until the block ends."""
    ballast = volume / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"0" * 65536)
        yield
    finally:
        ballast.unlink()


def a_letter(site: Fragile) -> tuple[Answer, float]:
    """Somebody sends the form for herself, while nothing works; what is answered, how soon."""
    form = SELF | {"form_id": SelfForm(record_id=uuid4()).signed_id}
    began = time.monotonic()
    answer = site.ask("POST", "/for-me/", settings.YOUTH_HOST, urlencode(form))
    return answer, time.monotonic() - began


def gives_her_words_back(answer: Answer) -> bool:
    """Her page of faults: not a word of the machine, and all she typed, to be sent again."""
    return (
        answer.status in (500, 503)
        and SELF["wish"] in answer.body
        and SELF["never"] in answer.body
        and not any(trace in answer.body for trace in TRACES)
    )


def wait_for(found: Callable[[], bool], seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.05)


def say(name: str, tally: Tally, lost: set, doubled: set, waited: float) -> None:
    tell(
        f"{name} (T16)",
        f"{len(tally.acknowledged):,} acknowledged, {len(lost)} lost, {len(doubled)} doubled; "
        f"{len(tally.faults):,} fault pages, {len(tally.ugly)} unclear; "
        f"her text came back in {waited:.1f} s",
        TARGET,
    )


@pytest.mark.proof
def test_a_full_disk_is_said_and_loses_nothing(world, tmp_path):
    """Its journal on another volume, as whoever installs is told; only the tables' one is full."""
    with (
        small_volume(Path(f"/var/tmp/spheres-small-{os.getpid()}")) as volume,
        standing(world, tmp_path, tablespace=str(volume)) as site,
        site.writers(3, words=LONG) as tally,
    ):
        wait_for(lambda: len(tally.acknowledged) > 5)
        with filled(volume):
            wait_for(lambda: len(tally.faults) > 5)
            answer, waited = a_letter(site)
        before = len(tally.acknowledged)
        wait_for(lambda: len(tally.acknowledged) > before + 5)
        lost, doubled = lost_and_doubled(site, tally)

    say("full disk", tally, lost, doubled, waited)
    assert (lost, doubled, tally.ugly) == (set(), set(), [])
    assert {page.status for page in tally.faults} <= {500, 503}
    assert answer.status == 200 or gives_her_words_back(answer)


@pytest.mark.proof
def test_a_restart_of_the_database_is_said_and_loses_nothing(world, tmp_path):
    with standing(world, tmp_path) as site:
        with site.writers(3) as tally:
            wait_for(lambda: len(tally.acknowledged) > 5)
            site.stop_database()
            answer, waited = a_letter(site)
            site.start_database()
            before = len(tally.acknowledged)
            wait_for(lambda: len(tally.acknowledged) > before + 5)
        lost, doubled = lost_and_doubled(site, tally)

    say("restart", tally, lost, doubled, waited)
    assert (lost, doubled, tally.ugly) == (set(), set(), [])
    assert gives_her_words_back(answer), answer
