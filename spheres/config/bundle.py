"""`run.py bundle FILE`: all that an installation needs, to be carried where no network is.

The code as it was committed, and beside it every package of the lock, each verified by its hash
when it was fetched and again when it is installed. Whoever has it runs `python3 run.py` there.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from spheres.config.environment import PIP, ROOT, RUNTIME, Refused, run_quietly, step


def make(place: Path, env: dict[str, str]) -> None:
    """Write the archive; one that is there is not written over."""
    if place.exists():
        raise Refused(f"{place} is there already: name another file.")
    with tempfile.TemporaryDirectory(prefix="spheres-bundle-") as name:
        folder = Path(name) / "spheres"
        with step("The code, as it was committed"):
            _code(folder)
        with step("Its packages, each checked by its hash") as outcome:
            wheels = folder / "wheels"
            command = [*PIP, "download", "-q", "--no-deps", "--require-hashes", "-r", str(RUNTIME)]
            log = Path(name) / "bundle.log"
            run_quietly([*command, "-d", str(wheels)], env, log=log)
            outcome.append(f"{len(list(wheels.iterdir()))} files")
        with step("The archive"), tarfile.open(place, "x:gz") as archive:
            archive.add(folder, arcname="spheres")


def _code(folder: Path) -> None:
    """What git holds of this very commit; what is not committed does not leave."""
    folder.mkdir()
    told = subprocess.run(
        ["git", "archive", "HEAD"],  # noqa: S607 -- that of whoever runs it
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if told.returncode:
        raise Refused("A bundle is made from a clone: git does not know this folder.")
    with tarfile.open(fileobj=io.BytesIO(told.stdout)) as code:
        code.extractall(folder, filter="data")


def main(arguments: list[str], env: dict[str, str]) -> int:
    if len(arguments) != 1:
        raise Refused("Say « python3 run.py bundle FILE.tar.gz ».")
    make(Path(arguments[0]).resolve(), env)
    sys.stdout.write(
        f"  {arguments[0]}: unpack it there, then « python3 run.py ready ». It is for this kind of "
        "machine, and its version of Python.\n"
    )
    return 0
