"""A hand-over of Maya, step by step, as Inès does it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.handing_over import actions
from spheres.followup.handing_over.actions import Told, Wanted
from spheres.followup.handing_over.models import Choice
from tests.cast import MONDAY, Cast, acting, uuid_of

HOUR = timedelta(hours=1)
TOLD_ON = date(2026, 3, 2)


def tell(file_id: UUID, *, by: Actor, which: str = "told", at: datetime = MONDAY) -> None:
    with acting(by, at):
        actions.tell(file_id, Told(uuid_of(which), TOLD_ON, "D’accord."), by=by, at=at)


def decide(
    file_id: UUID,
    *,
    by: Actor,
    to: Actor | None = None,
    faces: tuple[str, ...] = (),
    way: str = Choice.Way.COLLEAGUE,
    which: str = "choice",
    at: datetime = MONDAY + HOUR,
) -> UUID:
    wanted = Wanted(uuid_of(which), way, to.user_id if to else None, faces, "Avec quelqu’un.")
    with acting(by, at):
        actions.decide(file_id, wanted, by=by, at=at)
    return wanted.id


def hand_over(cast: Cast, *faces: str) -> UUID:
    """Told, decided: Maya goes on with Yanick, and lets these faces pass."""
    tell(cast.maya.file_id, by=cast.ines)
    return decide(cast.maya.file_id, by=cast.ines, to=cast.yanick, faces=faces)
