"""Who alone opens a copy? Two organisations, each with a key that never was on this machine.

One line each, as the programme `age` writes it: `age1…  Name of the organisation`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyrage
from pyrage import x25519

FEWEST: Final = 2
_LINE: Final = re.compile(r"(age1[a-z0-9]+)\s+(\S.*?)\s*")


class Refused(Exception):
    """What cannot be done with copies; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Recipient:
    """One organisation, and the public half of the key it keeps off line."""

    organisation: str
    public: str

    @property
    def key(self) -> x25519.Recipient:
        return x25519.Recipient.from_str(self.public)


def read(file: Path) -> tuple[Recipient, ...]:
    """The organisations named in a file; refused unless there are two, each with a key of its own.

    Lines that begin with `#` are remarks.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeError as error:
        raise Refused(f"{file} is not written in UTF-8: save it again so.") from error
    except OSError as error:
        raise Refused(
            f"There is no list of recipients at {file}: one line for each organisation, "
            "« age1…  Name », as `age-keygen -y` prints it."
        ) from error
    found = tuple(_recipient(line, file) for line in lines if line.strip() and line[0] != "#")
    if len({one.organisation.casefold() for one in found}) < FEWEST:
        raise Refused(
            f"{file} names fewer than two organisations: one alone, gone or closed, would leave "
            "copies that nobody opens."
        )
    if len({one.public for one in found}) < len(found):
        raise Refused(f"{file} gives the same key twice: each organisation makes its own.")
    return found


def _recipient(line: str, file: Path) -> Recipient:
    said = _LINE.fullmatch(line)
    if said is None:
        raise Refused(f"{file}: « {line[:40]} » is not « age1…  Name of the organisation ».")
    one = Recipient(organisation=said[2], public=said[1])
    try:
        _key = one.key
    except pyrage.RecipientError as error:
        raise Refused(
            f"{file}: the key of {one.organisation} is not whole: copy it again from `age-keygen`."
        ) from error
    return one


def refuse_shared(copies: tuple[Recipient, ...], keys: tuple[Recipient, ...]) -> None:
    """Whoever opens the copies does not open the key file too: together they are every text."""
    known = {one.organisation.casefold() for one in copies}
    both = {one.organisation for one in keys if one.organisation.casefold() in known}
    same = {one.public for one in copies} & {one.public for one in keys}
    if both or same:
        named = ", ".join(sorted(both)) or "the same key"
        raise Refused(
            f"{named}: keeps both the copies of the database and the key that opens its texts. "
            "Name other organisations for one of the two."
        )


def identity(file: Path) -> x25519.Identity:
    """The secret half, read from the file that one organisation brings; it is never kept."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise Refused(f"{file} is not the secret key of an organisation.") from error
    for line in lines:
        if line.startswith("AGE-SECRET-KEY-1"):
            try:
                return x25519.Identity.from_str(line.strip())
            except pyrage.IdentityError as error:
                raise Refused(f"The secret key in {file} is not whole.") from error
    raise Refused(f"{file} holds no line « AGE-SECRET-KEY-1… »: bring the file `age-keygen` made.")
