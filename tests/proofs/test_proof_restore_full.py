"""Where copies find no room, what is said, what is left there, and is the next one whole?"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from spheres.config import cluster, secret_store
from spheres.config.continuity import following, nightly, recipients, restoring
from spheres.config.postgres import Server
from tests.keepers import keepers
from tests.proofs.figures import tell
from tests.proofs.fragile import ROOT, hidden
from tests.proofs.small_volume import small

TARGET = "one sentence, nothing half left, the next copy whole"
PATIENCE = 90
PAGE = 4096
SEGMENT = 16_777_216
OF_THE_FOLDER = (
    "{} is full: nothing of this copy is kept, and those before it stand. Make room, then begin "
    "again.\n"
)
OF_THE_SPOOL = (
    "{} is full: the log that comes finds no room there. The server keeps it meanwhile, on its own "
    "disk: make room, then begin again.\n"
)


def command(url: str, folder: Path, *more: str) -> subprocess.Popen[str]:
    """`run.py backup`, as it is run at night, or to follow the log."""
    return subprocess.Popen(
        [sys.executable, "-m", "spheres.config.continuity", "backup", str(folder),
         f"--recipients={folder.parent / 'recipients.txt'}", *more],
        cwd=ROOT, env={**os.environ, "DATABASE_BACKUP_URL": url},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def left_in(folder: Path) -> list[str]:
    return sorted(str(place.relative_to(folder)) for place in folder.rglob("*") if place.is_file())


@pytest.mark.proof
@pytest.mark.parametrize("part", ["texts", "keys", "list"])
def test_a_night_that_finds_no_room_leaves_nothing_and_says_so(world, tmp_path, part):
    """Whichever part it is that finds none: those before it go too, above all the keys."""
    both, _files = keepers(tmp_path, "Institut", "La Maison")
    measured = nightly.copy(world.backup_url, tmp_path / "roomy", both, at=datetime.now(UTC))
    sizes = {
        name: on_disk((tmp_path / "roomy" / f"{measured}-{name}.age").stat().st_size)
        for name in ("texts", "keys", "counts")
    }
    room = {
        "texts": sizes["texts"] // 2,
        "keys": sizes["texts"] + sizes["keys"] // 2,
        "list": sum(sizes.values()),
    }
    folder = tmp_path / "copies"
    with small(folder, size=room[part] // PAGE * PAGE) as give_room:
        first = command(world.backup_url, folder)
        said, words = first.communicate(timeout=PATIENCE)
        left = left_in(folder)
        give_room()
        second = command(world.backup_url, folder)
        _said, again = second.communicate(timeout=PATIENCE)
        (stamp,) = nightly.stamps(folder)
        parts = sorted(nightly.whole(folder, stamp))

    tell(f"full while {part} are written", f"« {words.strip()} »; {len(left)} files left", TARGET)
    assert first.returncode == 1
    assert words == OF_THE_FOLDER.format(folder)
    assert (said, left) == ("", [])
    assert (second.returncode, again, parts) == (0, "", ["counts", "keys", "texts"])


def on_disk(size: int) -> int:
    return -(-size // PAGE) * PAGE


@pytest.fixture
def server(tmp_path) -> Iterator[cluster.Cluster]:
    """A server of its own that holds nothing, whose log is followed."""
    with hidden():
        everything = cluster.up(var=tmp_path / "var")
    yield everything
    everything.stop()


def write_log(server: cluster.Cluster, parts: int) -> int:
    """So many parts of the log, of what no programme makes smaller; the place of the last."""
    with psycopg.connect(str(server.admin_url), autocommit=True) as admin:
        for _ in range(parts):
            for _ in range(3):
                words = os.urandom(SEGMENT // 4)
                admin.execute("select pg_logical_emit_message(false, 'x', %s)", [words])
            (name,) = admin.execute("select pg_walfile_name(pg_switch_wal())").fetchone()
    return int(name[16:], 16)


def wait_for(found: Callable[[], object]) -> None:
    limit = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.1)


def parts_of_the_log(folder: Path) -> list[int]:
    """The places of those that are sealed whole."""
    names = (place.name.removesuffix(".age") for place in (folder / "wal").glob("*.age"))
    return sorted(int(name[16:], 16) for name in names if restoring.SEGMENT.fullmatch(name))


@pytest.mark.proof
@pytest.mark.parametrize("place", ["copies", "copies/wal", "spool"])
def test_a_log_that_finds_no_room_says_so_and_goes_on_where_it_was(server, tmp_path, place):
    """No room for the whole copy, for what is sealed of the log, or for what comes of it: then no
    part of the log is missing afterwards, and the database is put back from all of it."""
    _both, (identity, _other) = keepers(tmp_path, "Institut", "La Maison")
    folder, spool, volume = tmp_path / "copies", tmp_path / "spool", tmp_path / place
    follow, url = ("--follow", f"--spool={spool}"), str(server.backup_url)
    with small(volume, size=SEGMENT + SEGMENT // 4 if place == "spool" else PAGE * 64) as give_room:
        first = command(url, folder, *follow)
        if place != "copies":
            wait_for(lambda: following.bases(folder) or first.poll() is not None)
            write_log(server, 4)
        said, words = first.communicate(timeout=PATIENCE)
        half = [name for name in left_in(folder) if name.endswith(".part")]
        copies = following.bases(folder)
        give_room()
        second = command(url, folder, *follow)
        wait_for(lambda: following.bases(folder) or second.poll() is not None)
        last = write_log(server, 4)
        wait_for(lambda: last in parts_of_the_log(folder) or second.poll() is not None)
        second.terminate()
        _said, again = second.communicate(timeout=PATIENCE)
        parts = parts_of_the_log(folder)
        found = played_again(folder, identity, tmp_path / "elsewhere")

    tell(f"full: {place}", f"« {words.strip()} »; {len(parts)} parts since, none missing", TARGET)
    assert first.returncode == 1, said
    assert words == (OF_THE_SPOOL if place == "spool" else OF_THE_FOLDER).format(volume)
    assert (half, len(copies)) == ([], 0 if place == "copies" else 1)
    assert (second.returncode, again) == (0, "")
    assert parts == list(range(parts[0], last + 1))
    assert len(parts) >= (4 if place == "copies" else 8)
    assert found.segments > 0


def played_again(folder: Path, identity: Path, var: Path) -> restoring.Found:
    """What `run.py restore` does on an empty host, as far as the server that stands again."""
    var.mkdir()
    passwords = secret_store.load(var / "secrets.json")
    elsewhere = Server(var, "postgres", password=passwords["postgres"])
    return restoring.instant(folder, recipients.identity(identity), elsewhere, passwords)
