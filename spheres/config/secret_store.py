"""Where do the passwords of this installation live? In one closed file, made once, never in git."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from pathlib import Path

# One word per secret: the database roles that sign in. All else is derived from the key file.
NAMES = ("postgres", "owner", "app", "backup")


class SecretsRefused(Exception):
    """The file of secrets cannot be trusted; the sentence says how to mend it."""


def load(path: Path) -> dict[str, str]:
    """Read the secrets, making the missing ones; refuse a file that others can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two first starts must agree on the passwords
        return _load(path)


def _load(path: Path) -> dict[str, str]:
    kept: dict[str, str] = {}
    if path.exists():
        refuse_if_open(path)
        try:
            kept = json.loads(path.read_text())
        except ValueError as error:
            raise SecretsRefused(
                f"{path} is not readable as JSON: put back its last copy."
            ) from error
    if all(name in kept for name in NAMES):
        return kept
    complete = {name: secrets.token_hex(32) for name in NAMES} | kept
    write_closed(path, json.dumps(complete, indent=1) + "\n")
    return complete


def refuse_if_open(path: Path) -> None:
    """Anyone who reads this file is the database; so only its owner may."""
    if path.stat().st_mode & 0o077:
        raise SecretsRefused(f"Others on this machine can read {path}. Close it: chmod 600 {path}")


def write_closed(path: Path, text: str) -> None:
    """Write a whole file that was never open to others, not even for an instant."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
