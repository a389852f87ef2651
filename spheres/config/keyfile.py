"""Where is the key that opens every encrypted word? In one file outside the code and the database.

Whoever holds the database without this file holds nothing readable; whoever loses this file has
lost the texts for ever. So it is made once, watched, and never replaced in silence.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
import sys
from dataclasses import dataclass, field
from pathlib import Path

from spheres.config.secret_store import write_closed

VARIABLE = "SPHERES_KEY_FILE"
_LINES = re.compile(r"id ([0-9a-f]{16})\nkey ([0-9a-f]{64})\n?")


class KeyRefused(Exception):
    """The key cannot be used; the message is one sentence that says how to mend it."""


@dataclass(frozen=True)
class Key:
    """The key and its public name; the name may be written in the database, the key never."""

    id: str
    secret: bytes = field(repr=False)

    def derive(self, purpose: str) -> str:
        """A secret for another purpose (cookies, forms), from which the key cannot be found."""
        return hmac.new(self.secret, b"spheres|" + purpose.encode(), "sha256").hexdigest()


def path() -> Path:
    """The place named by the variable, or the home folder of whoever runs the site."""
    chosen = os.environ.get(VARIABLE)
    return Path(chosen).expanduser() if chosen else Path.home() / ".config" / "spheres" / "key"


def for_start(*, database_holds_data: bool, file: Path | None = None) -> Key:
    """The key at the start of the site: made for an empty database, never for a filled one."""
    file = file or path()
    if file.exists():
        return read(file)
    if database_holds_data:
        raise KeyRefused(
            f"The database already holds data and its key, {file}, does not exist: "
            f"put the key's copy back there, or name its place in {VARIABLE}."
        )
    return make(file)


def check(key_id_in_database: str | None, *, file: Path | None = None) -> Key:
    """Give the key that goes with this database, making it only when the database has none yet."""
    file = file or path()
    if not file.exists():
        if key_id_in_database is not None:
            raise KeyRefused(
                f"The database was made with key {key_id_in_database}, and {file} does not exist: "
                f"put the key's copy back there, or name its place in {VARIABLE}."
            )
        return make(file)
    key = read(file)
    if key_id_in_database is not None and key.id != key_id_in_database:
        raise KeyRefused(
            f"The database was made with key {key_id_in_database}, and {file} holds key {key.id}: "
            f"name the right file in {VARIABLE}."
        )
    return key


def read(file: Path | None = None, *, variable: str = VARIABLE) -> Key:
    """Read the key; refuse one that others could have read, or that is not whole."""
    file = file or path()
    try:
        modes = (file.stat().st_mode, file.parent.stat().st_mode)
        text = file.read_text(encoding="ascii")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise KeyRefused(
            f"There is no key at {file}: put its copy back, or name its place in {variable}."
        ) from error
    except PermissionError as error:
        raise KeyRefused(
            f"This account may not read {file}: run as the account that owns it."
        ) from error
    except ValueError as error:
        raise KeyRefused(_malformed(file)) from error
    if modes[0] & 0o077:
        raise KeyRefused(f"Others on this machine can read the key. Close it: chmod 600 {file}")
    _refuse_an_open_folder(file.parent, modes[1])
    found = _LINES.fullmatch(text)
    if found is None:
        raise KeyRefused(_malformed(file))
    return Key(id=found[1], secret=bytes.fromhex(found[2]))


def make(file: Path | None = None) -> Key:
    """Make a new key, 32 random bytes, in a folder that nobody else enters."""
    file = file or path()
    if file.exists():
        raise KeyRefused(f"{file} exists already, and a key is never replaced in silence.")
    key = Key(id=secrets.token_hex(8), secret=secrets.token_bytes(32))
    write(file, f"id {key.id}\nkey {key.secret.hex()}\n")
    return read(file)


def write(file: Path, text: str) -> None:
    """In a folder that nobody else enters, made when it is not there; elsewhere nothing is left."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_an_open_folder(file.parent, file.parent.stat().st_mode)
        write_closed(file, text)
    except OSError as error:
        raise KeyRefused(
            f"No key can be written at {file} ({error.strerror}): name another place in {VARIABLE}."
        ) from error


def _refuse_an_open_folder(folder: Path, mode: int) -> None:
    if mode & 0o022:
        raise KeyRefused(
            f"Others on this machine can replace the key. Close its folder: chmod 700 {folder}"
        )


def _malformed(file: Path) -> str:
    return f"{file} is not a whole key (one line « id … », one line « key … »): put its copy back."


def main() -> int:
    """`run.py key`: the key of an installation that begins; one that is there stays."""
    try:
        made = make()
    except KeyRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    sys.stdout.write(
        f"Key {made.id} is in {path()}.\nWhoever loses it has lost every text for ever: two "
        "organisations each keep a copy, off line, never beside a copy of the database.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
