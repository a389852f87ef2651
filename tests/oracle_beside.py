"""With whom does nobody walk, and who may be named? The part of the oracle that says it again.

Written from the prose, as `oracle.py` is, which it follows; it imports nothing of the house.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tests.oracle import WORKERS, given_since, is_here, kept_out, roles_held, walks
from tests.oracle_clearance import is_cleared
from tests.oracle_world import Who, World


def opens(world: World, user: UUID, organisation: UUID, file: UUID, at: datetime) -> bool:
    """Whether this person accompanies her now, and does not know her from elsewhere."""
    who = Who(user, organisation, frozenset())
    return (
        is_here(world, user, organisation, at)
        and walks(world, who, file, at)
        and not kept_out(world, who, file, at)
    )


def answers(
    world: World, gone: UUID, organisation: UUID, file: UUID, at: datetime
) -> tuple[bool, bool]:
    """Of a colleague who is gone: whether somebody was named for all her people, and whether one
    of those reads of this one. Whoever was named and is gone too answers for nobody."""
    named = [
        c
        for user, covered in world.covers.items()
        for c in covered.get(gone, ())
        if c.stands_in
        and c.elsewhere is None
        and c.organisation == organisation
        and c.span.holds(at)
        and roles_held(world, Who(user, organisation, WORKERS), at)
    ]
    return bool(named), any(
        given_since(world, Who(c.user, organisation, WORKERS), c.span, at)
        and not kept_out(world, Who(c.user, organisation, WORKERS), file, at)
        for c in named
    )


def nobody_beside(
    world: World, organisation: UUID, goes_on: Iterable[UUID], at: datetime
) -> set[UUID]:
    """The files held here, of those that go on, that no worker opens: a lead names one for each.

    Whoever walked with her has withdrawn, or is back from a leave with nothing given back, or is
    gone and the colleague who answers knows the person. When nobody was named yet for a colleague
    who is gone, somebody is named for all of hers first.
    """
    found = set()
    for file in goes_on:
        if world.holders.get(file) != organisation or not world.named_on(file):
            continue
        if any(j.joined == file and j.span.holds(at) for j in world.joinings.get(file, ())):
            continue  # her workers by the other one read it
        live = [
            user
            for user in world.named_on(file)
            if any(span.holds(at) for span in world.assignments.get((user, file), ()))
        ]
        gone = [user for user in live if not is_here(world, user, organisation, at)]
        told = [answers(world, user, organisation, file, at) for user in gone]
        if not any(opens(world, user, organisation, file, at) for user in live) and not any(
            not named or read for named, read in told
        ):
            found.add(file)
    return found


def may_be_named(world: World, lead: Who, user: UUID, file: UUID, at: datetime) -> bool:
    """A worker of the lead's organisation, who does not know the person; never the lead herself,
    nor somebody to whom nothing may be given."""
    return (
        user != lead.user
        and is_cleared(world, user, lead.organisation, at)
        and bool(roles_held(world, Who(user, lead.organisation, WORKERS), at))
        and not kept_out(world, Who(user, lead.organisation, WORKERS), file, at)
    )
