"""A report of that day, as a form would say it; and the same kept, by whoever called."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.worrying import actions
from tests.cast import MONDAY, Cast, acting, uuid_of

DAY = MONDAY + timedelta(hours=4)
LATER = MONDAY + timedelta(hours=19)
REPORT = uuid_of("a report to youth protection")
SAID = "Un adulte lui fait peur depuis deux semaines; son parent le sait et ne fait rien."
WHY = "Sa mère a porté plainte et l’a mise à l’abri : rien à ajouter aujourd’hui."


def written(situation_id: UUID = REPORT, at: datetime = DAY, **said: Any) -> actions.Written:
    whole = {"outcome": "REPORTED", "reached": "INTAKE", "said": SAID, **said}
    return actions.Written(id=situation_id, made_at=at, **whole)


def report(
    cast: Cast, by: Actor, situation_id: UUID = REPORT, at: datetime = DAY, **said: Any
) -> UUID:
    """What was said to youth protection about Maya, in two lines."""
    with acting(by, at):
        actions.write(cast.maya.file_id, written(situation_id, at, **said), by=by, at=at)
    return situation_id


def weigh(cast: Cast, by: Actor, situation_id: UUID = REPORT, **said: Any) -> UUID:
    """That nothing was reported, why, and who was consulted."""
    whole = {"outcome": "NOT_REPORTED", "reached": "", "said": "", "because": WHY,
             "consulted": "La ligne de conseil", **said}  # fmt: skip
    return report(cast, by, situation_id, **whole)
