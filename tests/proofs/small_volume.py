"""A folder on a volume too small for what comes; room is given back later.

Made in memory and mounted over the folder; the rest of the machine keeps its room. Where mounting
is not allowed (no root, a closed container) the proof is skipped with that sentence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.proofs.fragile import Fragile

ROOMY = 2_000_000_000


def can_mount(folder: Path) -> bool:
    folder.mkdir(parents=True)
    if os.geteuid() or _mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)):
        return False
    subprocess.run(["umount", str(folder)], check=True)
    return True


@contextmanager
def filling(site: Fragile, name: str, *, spare: int, probe: Path) -> Iterator[Callable[[], None]]:
    """Move a folder of the data to a volume with `spare` bytes left; calls it to give room back."""
    if not can_mount(probe):
        pytest.skip("no volume can be mounted here (it needs root, on a machine that allows it)")
    folder = site.postgres.data / name
    site.stop_database()
    aside = folder.with_name(f"{name}.aside")
    owner = folder.stat()
    folder.rename(aside)
    folder.mkdir(mode=0o700)
    used = sum(_blocks(file) for file in aside.rglob("*"))
    assert not _mount("-t", "tmpfs", "-o", f"size={used + spare},mode=700", "tmpfs", str(folder))
    try:
        subprocess.run(["cp", "-a", f"{aside}/.", str(folder)], check=True)
        shutil.rmtree(aside)
        os.chown(folder, owner.st_uid, owner.st_gid)
        site.start_database()
        yield lambda: _give_room(folder)
    finally:
        _give_room(folder)
        site.stop_database()
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def small(folder: Path, *, size: int) -> Iterator[Callable[[], None]]:
    """A folder that holds `size` bytes and no more; calls it to give room back."""
    if not can_mount(folder.with_name(f"{folder.name}.probe")):
        pytest.skip("no volume can be mounted here (it needs root, on a machine that allows it)")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    assert not _mount("-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(folder))
    try:
        yield lambda: _give_room(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _give_room(folder: Path) -> None:
    assert not _mount("-o", f"remount,size={ROOMY}", str(folder))


def _mount(*arguments: str) -> int:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode


def _blocks(file: Path) -> int:
    return -(-file.stat().st_size // 4096) * 4096 + 4096
