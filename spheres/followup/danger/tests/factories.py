"""A call of that night, as a form would say it; and the same kept, by whoever called."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.danger import actions
from tests.cast import MONDAY, Cast, acting, uuid_of

NIGHT = MONDAY + timedelta(hours=10)  # 19:00 in Montréal, on call
MORNING = MONDAY + timedelta(hours=19)
CALL = uuid_of("a call at night")
SAID = "Elle m’a texté qu’elle a pris des pilules. Adresse donnée."


def written(danger_id: UUID = CALL, at: datetime = NIGHT, **said: Any) -> actions.Written:
    whole = {"called": "EMERGENCY", "said": SAID, **said}
    return actions.Written(id=danger_id, made_at=at, **whole)


def call(cast: Cast, by: Actor, danger_id: UUID = CALL, at: datetime = NIGHT, **said: Any) -> UUID:
    """The three answers, or more, of one call about Maya."""
    with acting(by, at):
        actions.write(cast.maya.file_id, written(danger_id, at, **said), by=by, at=at)
    return danger_id
