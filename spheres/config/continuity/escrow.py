"""Who keeps the key file for the day it is lost? Two organisations, a copy each.

Never those that open the copies of the database: the two together are every text.
"""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

from spheres.config import keyfile
from spheres.config.continuity import recipients, sealing
from spheres.config.continuity.recipients import Recipient, Refused
from spheres.config.secret_store import write_closed


def give(key_file: Path, keepers: tuple[Recipient, ...], folder: Path) -> list[Path]:
    """One sealed copy of the key file for each organisation, to be carried to it off line."""
    key = keyfile.read(key_file)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = []
    for one in keepers:
        place = folder / f"key-{key.id}-{_plain(one.organisation)}.age"
        if place.exists():
            raise Refused(f"{place} is there already: hand it over, or take it away first.")
        sealing.seal(io.BytesIO(key_file.read_bytes()), place, [one])
        made.append(place)
    return made


def put_back(copy: Path, identity_file: Path, key_file: Path) -> keyfile.Key:
    """The key file as it was, from the copy of one organisation; one that is there stays."""
    if key_file.exists():
        raise Refused(f"{key_file} exists already, and a key is never replaced in silence.")
    out = io.BytesIO()
    sealing.open_to(copy, out, recipients.identity(identity_file))
    text = out.getvalue().decode("ascii", errors="replace")
    key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_closed(key_file, text)
    try:
        return keyfile.read(key_file)
    except keyfile.KeyRefused:
        key_file.unlink()
        raise


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "organisation"
