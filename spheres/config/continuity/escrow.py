"""Who keeps the key file for the day it is lost? Two organisations, a copy each.

Never those that open the copies of the database: the two together are every text.
"""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

from spheres.config import keyfile
from spheres.config.continuity import before, recipients, sealing
from spheres.config.continuity.recipients import Recipient, Refused


def give(key_file: Path, keepers: tuple[Recipient, ...], folder: Path) -> list[Path]:
    """One sealed copy of the key file for each organisation, to be carried to it off line."""
    key = keyfile.read(key_file)
    before.folder_to_write_in(folder)
    places = [folder / f"key-{key.id}-{_plain(one.organisation)}.age" for one in keepers]
    for number, place in enumerate(places):
        if place.exists():
            raise Refused(f"{place} is there already: hand it over, or take it away first.")
        if place in places[:number]:
            raise Refused(f"Two organisations would share {place}: name one of them otherwise.")
    for one, place in zip(keepers, places, strict=True):
        sealing.seal(io.BytesIO(key_file.read_bytes()), place, [one])
    return places


def put_back(copy: Path, identity_file: Path, key_file: Path) -> keyfile.Key:
    """The key file as it was, from the copy of one organisation; one that is there stays."""
    if key_file.exists():
        raise Refused(f"{key_file} exists already, and a key is never replaced in silence.")
    if not copy.is_file():
        raise Refused(f"There is no copy of a key at {copy}: name the file that was handed over.")
    out = io.BytesIO()
    sealing.open_to(copy, out, recipients.identity(identity_file))
    text = out.getvalue().decode("ascii", errors="replace")
    keyfile.write(key_file, text)
    try:
        return keyfile.read(key_file)
    except keyfile.KeyRefused:
        key_file.unlink()
        raise


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "organisation"
