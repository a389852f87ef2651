"""To whom may nothing be given, and whose files are withheld? The part of the oracle that says it
again.

Written from the prose (mission/law.md, R-22.1 s. 38-39; mission/rights.md criterion 16; design
§10.7 and §10.16), never from the functions of the database. It imports nothing of the house.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tests.oracle_world import Who, World


def lapses(world: World, user: UUID, organisation: UUID, at: datetime) -> datetime | None:
    """When what is asked of this person no longer stands: never, where nothing is asked; None, of
    whoever never had it.

    Asked of a whole body at once, whichever part of it somebody works for. A training counts until
    the same day a year later; what was said of it last stands. What once stood may be extended.
    """
    body = organisation
    while body in world.parts:
        body = world.parts[body]
    if body not in world.asking:
        return datetime.max.replace(tzinfo=at.tzinfo)
    said = [one for one in world.trained.get(user, ()) if one[0] <= at]
    if not said:
        return None
    until = max(said)[1]
    if until is None or until > at:
        return until
    return max([until, *(end for begun, end in world.extended.get(user, ()) if begun <= at)])


def is_cleared(world: World, user: UUID, organisation: UUID, at: datetime) -> bool:
    lapse = lapses(world, user, organisation, at)
    return lapse is not None and lapse > at


def withheld(world: World, who: Who, at: datetime) -> bool:
    """Whether her files are closed for now: since what is asked lapsed, somebody said so, and the
    stand-in on whom it rests answers. Neither a lapse alone, nor a word said before it, does."""
    if who.user not in world.withheld or is_cleared(world, who.user, who.organisation, at):
        return False
    lapse = lapses(world, who.user, who.organisation, at)
    return any(
        cover.organisation == who.organisation
        and said <= at
        and (lapse is None or said >= lapse)
        and cover.span.holds(at)
        for said, cover in world.withheld.get(who.user, ())
    )
