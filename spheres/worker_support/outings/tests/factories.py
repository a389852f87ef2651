"""An evening out, for the tests of outings: Inès goes out at nine, until eleven."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from spheres.core.actor import Actor
from spheres.worker_support.outings import actions
from tests.cast import MONDAY, Cast, acting, uuid_of

OUT = uuid_of("an evening in the street")
BACK = MONDAY + timedelta(hours=2)  # 11:00 in Montréal
LINE = "Le manteau jaune."


def minutes(number: int) -> datetime:
    """So many minutes after the hour of return."""
    return BACK + timedelta(minutes=number)


def goes_out(cast: Cast, at: datetime = MONDAY, buddy: Actor | None = None) -> UUID:
    begun = actions.Begun(OUT, "STREET", BACK, (buddy or cast.yanick).user_id, LINE)
    with acting(cast.ines, at):
        return actions.begin(begun, by=cast.ines, at=at)
