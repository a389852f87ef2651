"""What does a telephone send, once opened? Read with care: it was made far from here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings

CONTACT, NEED, EVENT = "contact", "need", "event"
KINDS: Final = (CONTACT, NEED, EVENT)
MOST, SHORT = 10_000, 60  # signs of a text; of the mark by which she knows for whom it is
# The clock of a telephone may be a little ahead; nothing is noted so long after it happened.
AHEAD, BEHIND = timedelta(minutes=10), timedelta(days=90)
OUTREACH: Final = "outreach"  # of the region’s contact kinds: a meeting in the street
# What may be typed, and how many signs of it are kept. Each kind of entry asks for its own.
WORDS: Final = {
    "mark": SHORT, "contact": SHORT, "need": SHORT, "event": SHORT, "organisation": 160,
    "place": 200, "questions": 6_000, "her_words": MOST, "observation": MOST, "support": MOST,
}  # fmt: skip
RECORD: Final = ("her_words", "observation", "support")


@dataclass(frozen=True)
class Typed:
    """One entry: what it is, for whom by a mark of her own, when, and what was said and done."""

    kind: str
    mark: str
    at: datetime
    clock_was_wrong: bool
    contact: str
    need: str
    event: str
    organisation: str
    place: str
    questions: str
    her_words: str
    observation: str
    support: str

    @classmethod
    def read(cls, text: str, *, received_at: datetime) -> Typed:
        """Raises ValueError for what is not ours. A moment that cannot be becomes that of the
        arrival, and says so: nothing that was typed is lost for a wrong clock."""
        try:
            return cls._read(json.loads(text), received_at)
        except RecursionError as error:
            raise ValueError("deeper than any page of ours writes") from error

    @classmethod
    def _read(cls, said: Any, received_at: datetime) -> Typed:
        if not isinstance(said, dict) or said.get("kind") not in KINDS:
            raise ValueError("not an entry of the street")
        at, is_wrong = _moment(said.get("at"), received_at)
        words = {name: _words(said, name, most) for name, most in WORDS.items()}
        return cls(kind=said["kind"], at=at, clock_was_wrong=is_wrong, **words)

    def fields(self) -> dict[str, object]:
        """As the page of the record it will become takes them."""
        here = self.at.astimezone(ZoneInfo(settings.TIME_ZONE))
        if self.kind == EVENT:
            return {
                "kind": self.event, "held_on": here.date(), "organisation": self.organisation,
                "place": self.place, "questions": self.questions,
            }  # fmt: skip
        words = {name: getattr(self, name) for name in RECORD}
        if self.kind == NEED:
            return {"need": self.need, **words}
        when = {"day": here.date().isoformat(), "hour": f"{here:%H:%M}"}
        return {"kind": self.contact or OUTREACH, **when, **words}


def _words(said: dict[str, Any], name: str, most: int) -> str:
    """Half of a sign, which a field that is full may leave, is said as a sign that is missing."""
    halves = str(said.get(name) or "").encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "replace").replace("\0", "")[:most]


def _moment(said: object, received_at: datetime) -> tuple[datetime, bool]:
    """When it was, and whether the telephone was wrong about it."""
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        return received_at, True
    if at.tzinfo is None or not received_at - BEHIND <= at <= received_at + AHEAD:
        return received_at, True
    return at, False
