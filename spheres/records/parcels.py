"""What does a parcel for another programme hold, how long may it be opened, who answers for it?

It is one line of text, sealed for the key of one programme, bound to its number and its last day.
Outside of the seal: a number, a day, and for which key it is; nothing of anybody.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spheres.vault import parcels
from spheres.vault.cipher import Sealed

SHAPE: Final = "spheres-parcel-1"
LIFE: Final = timedelta(days=14)
OURS: Final = b"programme"
MOST: Final = 200_000  # signs
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none is taken for another, read aloud


class Refused(Exception):
    """A parcel, or a key, that is of no use; `reason` is one sentence for its reader."""

    def __init__(self, reason: object) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Opened:
    """What was in it: who sends, when it was told, each thing with its title, and the code by
    which whoever sent it knows that it was opened."""

    id: UUID
    until: date
    sender: str
    language: str
    items: tuple[tuple[str, str], ...]
    receipt: str


def our_key() -> str:
    """What another programme seals for: read it over the telephone by its mark, never by mail
    alone."""
    return base64.b64encode(parcels.public_key(OURS)).decode()


def mark_of(key: str) -> str:
    """Four groups of four letters by which two people compare one key."""
    return _in_letters(hashlib.sha256(_point(key)).digest(), groups=4)


def seal_for(
    parcel_id: UUID, key: str, items: Sequence[tuple[str, str]], *, sender: str, language: str,
    until: date,
) -> str:  # fmt: skip
    """The parcel, to be carried or sent by any way. Raises Refused for what is no key."""
    said = {
        "sender": sender, "language": language, "items": list(items),
        "receipt": receipt_of(parcel_id),
    }  # fmt: skip
    bound = _bound(parcel_id, until)
    try:
        sealed = parcels.seal(json.dumps(said, ensure_ascii=False), to=_point(key), bound=bound)
    except ValueError:
        raise Refused(NOT_A_KEY) from None
    outside = {
        "shape": SHAPE, "id": str(parcel_id), "for": mark_of(key), "until": until.isoformat(),
        "sealed": base64.b64encode(sealed).decode(),
    }  # fmt: skip
    return json.dumps(outside)


def receipt_of(parcel_id: UUID) -> str:
    """The code that only the parcel holds, and that we make again to compare."""
    return _in_letters(parcels.code(b"parcel/" + parcel_id.bytes), groups=3)


def is_receipt(parcel_id: UUID, said: str) -> bool:
    """Whether this is the code that was inside; also when the key file has changed since."""
    codes = parcels.codes(b"parcel/" + parcel_id.bytes)
    return any(hmac.compare_digest(_in_letters(one, groups=3), said) for one in codes)


def as_read(code: str) -> str:
    """A code as it was read over the telephone: groups and small letters do not matter."""
    said = "".join(sign for sign in code.upper() if sign in LETTERS)
    return "-".join(said[start : start + 4] for start in range(0, len(said), 4))


def open_it(text: str, *, on: date) -> Opened:
    """What another programme sealed for us. Raises Refused, saying why and what to do."""
    try:
        outside = json.loads(text[:MOST])
        if outside["shape"] != SHAPE:
            raise ValueError
        parcel_id, until = UUID(outside["id"]), date.fromisoformat(outside["until"])
        sealed = base64.b64decode(outside["sealed"], validate=True)
        marked = str(outside["for"])
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise Refused(NOT_WHOLE) from None
    if on > until:
        raise Refused(TOO_LATE)
    try:
        said = json.loads(parcels.open_sealed(sealed, of=OURS, bound=_bound(parcel_id, until)))
    except Sealed:
        raise Refused(ALTERED if marked == mark_of(our_key()) else FOR_ANOTHER) from None
    items = tuple((str(title), str(words)) for title, words in said["items"])
    return Opened(
        parcel_id, until, str(said["sender"]), str(said["language"]), items, str(said["receipt"])
    )


NOT_A_KEY: Final = _("This is not the key of a programme: copy it whole from its page.")
NOT_WHOLE: Final = _("This is not a whole parcel: copy all of it, from the first sign to the last.")
TOO_LATE: Final = _(
    "This parcel could be opened for fourteen days, and they are over: ask whoever sent it for "
    "another one."
)
FOR_ANOTHER: Final = _(
    "This parcel was sealed for another programme: give whoever sent it the key of this page, and "
    "compare its mark over the telephone."
)
ALTERED: Final = _(
    "This parcel was altered on the way: nothing of it is opened. Ask whoever sent it for another "
    "one."
)


def _bound(parcel_id: UUID, until: date) -> bytes:
    return f"{SHAPE}|{parcel_id}|{until.isoformat()}".encode()


def _point(key: str) -> bytes:
    try:
        point = base64.b64decode("".join(key.split()), validate=True)
    except (ValueError, binascii.Error):
        raise Refused(NOT_A_KEY) from None
    if len(point) != 65:
        raise Refused(NOT_A_KEY)
    return point


def _in_letters(digest: bytes, *, groups: int) -> str:
    number, drawn = int.from_bytes(digest, "big"), ""
    for _sign in range(4 * groups):
        number, place = divmod(number, len(LETTERS))
        drawn += LETTERS[place]
    return "-".join(drawn[start : start + 4] for start in range(0, len(drawn), 4))
