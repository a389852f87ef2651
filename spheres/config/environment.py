"""In which Python does everything run? A virtual one, filled once from hashed locks.

Standard library only: this is read by a bare Python. Where `wheels/` stands beside the code, the
packages come from there and no network is asked.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from spheres.config import processes

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("SPHERES_VAR") or ROOT / "var").resolve()
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
WHEELS = ROOT / "wheels"


class Refused(Exception):
    """Something is missing; the message is one sentence that says what to do."""


def ensure(arguments: list[str], *, development: bool) -> None:
    """Go on inside .venv, made and filled if need be."""
    if os.name != "posix":
        raise Refused("Sphères runs on Linux and macOS; on Windows, use WSL.")
    lock = DEVELOPMENT if development else RUNTIME
    if not _is_filled(lock):
        _fill(lock)
    if Path(sys.prefix).resolve() != VENV.resolve():
        sys.stdout.flush()
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "run.py"), *arguments])  # noqa: S606 -- ourselves


def _is_filled(lock: Path) -> bool:
    """The stamp is written last, so a broken installation is done again; dev includes runtime."""
    stamp = VENV / "lock.sha256"
    if not stamp.exists() or not os.access(PYTHON, os.X_OK):
        return False
    return stamp.read_text() in {_stamp(lock), _stamp(DEVELOPMENT)}


def _stamp(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + RUNTIME.read_bytes()).hexdigest()


def _fill(lock: Path) -> None:
    uv = None if WHEELS.is_dir() else shutil.which("uv")
    if not os.access(PYTHON, os.X_OK):
        with step("Python environment"):
            made = subprocess.run(  # noqa: S603 -- arguments are ours
                [sys.executable, "-m", "venv", "--clear", *(["--without-pip"] if uv else []), VENV],
                capture_output=True,
                text=True,
                check=False,
            )
            if made.returncode:
                raise Refused(
                    "Python cannot make a virtual environment here. On Debian: "
                    f"apt install python3-venv\n{made.stderr or made.stdout}"
                )
    with step("Packages, each checked by its hash"):
        wanted = ["--require-hashes", "-r", str(lock)]
        if uv:
            command = [uv, "pip", "install", "-q", "--compile-bytecode", "--python", str(PYTHON)]
        else:
            command = [*PIP, "install", "-q", "--no-deps", *from_here()]
        log = VAR / "log" / "packages.log"
        run_quietly([*command, *wanted], os.environ, log=log)
    (VENV / "lock.sha256").write_text(_stamp(lock))


PIP = [str(PYTHON), "-m", "pip", "--no-input", "--disable-pip-version-check"]


def from_here() -> list[str]:
    """Of a bundle, the packages that came with it, and no network."""
    return ["--no-index", f"--find-links={WHEELS}"] if WHEELS.is_dir() else []


@contextmanager
def step(text: str) -> Iterator[list[str]]:
    """One calm line: what is done, what came of it, how long it took."""
    sys.stdout.write(f"  {text:<38}")
    sys.stdout.flush()
    began, outcome = time.monotonic(), list[str]()
    try:
        yield outcome
    except BaseException:
        sys.stdout.write("  stopped\n")
        raise
    took = f"{time.monotonic() - began:6.1f} s  {' '.join(outcome)}".rstrip()
    sys.stdout.write(f"{took}\n")


def run_quietly(command: list[str], env: Mapping[str, str], *, log: Path) -> None:
    """Run to the end, its words kept in var/log; show the last ones only if it stops early."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        code = processes.foreground(command, env, cwd=ROOT, output=output.fileno())
    if code:
        last = "\n".join(log.read_text(errors="replace").splitlines()[-25:])
        raise Refused(f"{last}\n\n{log.stem} failed; all its words are in {log}.")
