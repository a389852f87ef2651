"""Which packages of others does an installation run, and is each the one we chose?"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
MOST = 25  # security.md, T30
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def asked_for() -> list[Requirement]:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [Requirement(one) for one in said["project"]["dependencies"]]


def entries(lock: str) -> dict[str, tuple[Version, int]]:
    """Of each package of a lock: its version, and how many hashes it may have."""
    text = (ROOT / lock).read_text()
    starts = [*PINNED.finditer(text)]
    ends = [one.start() for one in starts[1:]] + [len(text)]
    return {
        one[1]: (Version(one[2]), len(HASH.findall(text[one.end() : end])))
        for one, end in zip(starts, ends, strict=True)
    }


def test_what_we_ask_for_ourselves_is_few() -> None:
    assert 0 < len(asked_for()) <= MOST


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_is_one_version_known_by_its_hash(lock: str) -> None:
    locked = entries(lock)

    assert len(locked) > len(asked_for())
    assert [name for name, (_version, hashes) in locked.items() if not hashes] == []


def test_the_lock_is_of_what_we_ask_for() -> None:
    locked = entries("requirements.lock")

    strays = [
        str(one)
        for one in asked_for()
        if one.name.lower() not in locked
        or not one.specifier.contains(locked[one.name.lower()][0], prereleases=True)
    ]
    assert strays == []
