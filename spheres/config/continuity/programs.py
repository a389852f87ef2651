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

# What an address may say, and the variable by which every version from 15 on is told the same.
NAMES: Final = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "dbname": "PGDATABASE",
    "user": "PGUSER", "password": "PGPASSWORD", "passfile": "PGPASSFILE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY", "sslcrl": "PGSSLCRL", "sslcrldir": "PGSSLCRLDIR", "sslsni": "PGSSLSNI",
    "ssl_min_protocol_version": "PGSSLMINPROTOCOLVERSION",
    "ssl_max_protocol_version": "PGSSLMAXPROTOCOLVERSION",
    "channel_binding": "PGCHANNELBINDING", "gssencmode": "PGGSSENCMODE",
    "requirepeer": "PGREQUIREPEER", "target_session_attrs": "PGTARGETSESSIONATTRS",
    "connect_timeout": "PGCONNECT_TIMEOUT", "application_name": "PGAPPNAME",
    "client_encoding": "PGCLIENTENCODING", "options": "PGOPTIONS", "service": "PGSERVICE",
}  # fmt: skip


def variables(url: str) -> dict[str, str]:
    """An address as variables: what a command says, everybody on the machine reads.

    All that it says, or nothing: a copy is not made with less care than the address asks for.
    """
    said = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    if unknown := sorted(said.keys() - NAMES.keys()):
        raise Refused(
            f"PostgreSQL’s own programmes cannot be told « {', '.join(unknown)} » without their "
            "command showing it: take it out of the address."
        )
    env = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return env | {NAMES[name]: value for name, value in said.items()} | {"LC_ALL": "C"}


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
