"""When and where does the world of every combination stand? Each date at its sharpest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_DNS, UUID, uuid5

from tests.oracle_world import Span

AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)


def uuid_of(word: str) -> UUID:
    return uuid5(NAMESPACE_DNS, f"{word}.world.spheres")


HERE, THERE, POLICE = uuid_of("here"), uuid_of("there"), uuid_of("police")
UNIT, TEAM = uuid_of("unit of the police"), uuid_of("team of that unit")
GONE = uuid_of("left the programme")
ORGANISATIONS = {
    "here": HERE, "there": THERE, "police": POLICE, "unit": UNIT, "team": TEAM, "gone": GONE,
}  # fmt: skip
# Every organisation's kind, and what it is a part of.
KINDS = {
    HERE: ("community", None),
    THERE: ("institute", HERE),
    POLICE: ("police", HERE),
    UNIT: ("unit", POLICE),
    TEAM: ("community", UNIT),
    GONE: ("community", None),
}
OF_THE_POLICE = (POLICE, UNIT, TEAM)
SERVICES = ("doorkeeper", "loader", "expiry", "sealer", "erasure", "reminders", "rollups")

# Every way in which something can be dated, at its sharpest: the first instant, the last one.
NONE: tuple[Span, ...] = ()
FROM_NOW = (Span(AT, AT + INSTANT),)
UNTIL_NOW = (Span(AT - DAY, AT),)
NOT_YET = (Span(AT + INSTANT),)
LONG_OPEN = (Span(AT - 400 * DAY),)
BACK_AGAIN = (Span(AT - 9 * DAY, AT - 5 * DAY), Span(AT - DAY))
LAST_WEEK = (Span(AT - 7 * DAY),)
# One stay: from one hat or contract to the next, without an instant between.
ON_AND_ON = (Span(AT - 9 * DAY, AT - 5 * DAY), Span(AT - 5 * DAY, AT - DAY), Span(AT - DAY))
OVERLAPPING = (Span(AT - 9 * DAY, AT - 4 * DAY), Span(AT - 5 * DAY))
AN_INSTANT_AWAY = (Span(AT - 9 * DAY, AT - 5 * DAY - INSTANT), Span(AT - 5 * DAY))

ASSIGNMENTS = (NONE, FROM_NOW, UNTIL_NOW, NOT_YET, BACK_AGAIN, LAST_WEEK)
