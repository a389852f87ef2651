"""How are PostgreSQL's own programmes told which database, without their command showing how?"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
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
