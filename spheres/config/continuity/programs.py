"""How are PostgreSQL's own programmes told which database, without their command showing how?"""

from __future__ import annotations

import os
import subprocess
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Final

from psycopg.conninfo import conninfo_to_dict

from spheres.config.continuity.recipients import Refused
from spheres.config.postgres_programs import find_programs

NAMES: Final = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
    "dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT",
}  # fmt: skip


def variables(url: str) -> dict[str, str]:
    """An address as variables: what a command says, everybody on the machine reads."""
    said = conninfo_to_dict(url)
    env = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return env | {NAMES[key]: str(said[key]) for key in NAMES if said.get(key)} | {"LC_ALL": "C"}


def program(name: str) -> Path:
    place = find_programs().folder / name
    if not place.exists():
        raise Refused(f"{name} is not among PostgreSQL’s programmes in {place.parent}.")
    return place


def run(name: str, url: str, *arguments: str) -> None:
    """Run one to its end; its last words are the refusal."""
    done = subprocess.run(  # noqa: S603 -- arguments are ours
        [program(name), *arguments], env=variables(url), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(f"{name} gave up: {done.stderr.strip()[-400:]}")


class Heard:
    """What a programme that runs for long says of what it meets, each time it is something else."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: deque[str] = deque(maxlen=1000)
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._before = ""

    @property
    def is_over(self) -> bool:
        return self._process.poll() is not None and not self._listener.is_alive()

    def end(self) -> None:
        """Stop it, and hear its last words."""
        self._process.terminate()
        self._process.wait(timeout=20)
        self._listener.join()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def new(self) -> Iterator[str]:
        """What was said since; the same again, or that it waits, is not."""
        while self._lines:
            line = self._lines.popleft()
            if " error: " in line and line != self._before:
                self._before = line
                yield line

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._lines.append(line.strip())
