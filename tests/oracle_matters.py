"""Who handles a matter, and who may be given one? The part of the oracle that says it again.

Written from the prose, as `oracle.py` is, which it follows; it imports nothing of the house.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tests.oracle import THERAPISTS, WORKERS, given_since, kept_out, roles_held, walks
from tests.oracle_clearance import withheld
from tests.oracle_world import Who, World


def hands(world: World, who: Who, matter: UUID, at: datetime) -> frozenset[str]:
    """In which capacities this person handles a matter.

    A desk is everyone who holds that role in that organisation now. A person named on an offer
    handles it as long as she is a worker here: whoever left, or whose account is closed, no
    longer does, whoever came back is offered it anew, and the police partner never does, not even
    at a desk (acceptance criterion 3). What was entrusted to one worker follows the person: each
    worker who walks with her, where the file is held, handles it, and not a day more. Whoever holds
    the code of a question has that one matter in hand, and no other.
    """
    if who.roles == {"asker"}:
        return frozenset({"ASKER"} if who.user == matter else ())
    if who.purpose != "ordinary" or kept_out(world, who, matter, at):
        return frozenset()
    held = roles_held(world, who, at)
    return frozenset(
        h.kind
        for h in world.handlings.get(matter, ())
        if h.span.holds(at)
        and (
            (
                bool(held & WORKERS)
                and not withheld(world, who, at)
                and (
                    walks(world, who, matter, at)
                    if h.kind == "ENTRUSTED"
                    else h.user == who.user and given_since(world, who, h.span, at)
                )
            )
            or (h.desk is not None and h.desk[0] == who.organisation and h.desk[1] in held)
        )
    )


def may_open(world: World, who: Who, matter: UUID, at: datetime) -> bool:
    """Whether this person may write down, at the region's desk, a matter that came by voice.

    Whoever coordinates there today, for that desk; a matter that is nobody's. One that already
    came to a desk may be sent again: nothing is made, so nothing is refused.
    """
    if who.organisation != world.desk or "coordinator" not in roles_held(world, who, at):
        return False
    handlings = world.handlings.get(matter, ())
    if any(h.kind == "DESK" for h in handlings):
        return True
    return not handlings and matter not in world.holders and matter not in world.locked


def accompanies(world: World, user: UUID, at: datetime) -> bool:
    """Whether she is a worker of today, with an open account, anywhere but at the police."""
    return any(
        roles_held(world, Who(user, m.organisation, WORKERS), at)
        for m in world.memberships.get(user, ())
    )


def accompanies_here(world: World, user: UUID, organisation: UUID, at: datetime) -> bool:
    """A colleague to whom a file may be given: she accompanies people in this organisation."""
    return bool(roles_held(world, Who(user, organisation, WORKERS | THERAPISTS), at))


def handled(world: World, who: Who, kinds: Iterable[str], at: datetime) -> set[UUID]:
    wanted = set(kinds)
    return {matter for matter in world.matters if hands(world, who, matter, at) & wanted}
