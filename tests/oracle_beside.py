"""With whom does nobody walk, and who may be named? The part of the oracle that says it again.

Written from the prose, as `oracle.py` is, which it follows; it imports nothing of the house.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tests.oracle import WORKERS, entrusted_to, given_since, is_here, kept_out, roles_held, walks
from tests.oracle_clearance import is_cleared, withheld
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


def reads_today(world: World, organisation: UUID, file: UUID, at: datetime) -> bool:
    """Whether somebody of the house finds on their own day what this person left in her notebook.

    Whoever walks with her and does not know her; or whoever answers for one of those, of a file
    that is hers to look after, and does not know her either. Whose files are withheld reads none,
    and whoever was named for a lapse answers only while it has lapsed.
    """
    for walker in world.named_on(file):
        if opens(world, walker, organisation, file, at) and not withheld(
            world, Who(walker, organisation, WORKERS), at
        ):
            return True
        if not entrusted_to(world, walker, organisation, file, at):
            continue
        for user, covered in world.covers.items():
            who = Who(user, organisation, WORKERS)
            if any(
                (c.stands_in or c.if_lapsed)
                and c.elsewhere is None
                and c.organisation == organisation
                and given_since(world, who, c.span, at)
                and not (c.if_lapsed and is_cleared(world, walker, organisation, at))
                for c in covered.get(walker, ())
            ) and (
                roles_held(world, who, at)
                and not withheld(world, who, at)
                and not kept_out(world, who, file, at)
            ):
                return True
    return False


def unread_beside_nobody(
    world: World, organisation: UUID, waiting: Iterable[UUID], over: Iterable[UUID], at: datetime
) -> set[UUID]:
    """Of the files held here that are not over, those where something waits and nobody reads it.

    A file that was joined to another is read with that one.
    """
    ended = set(over)
    return {
        file
        for file in waiting
        if world.holders.get(file) == organisation
        and file not in ended
        and not any(j.joined == file and j.span.holds(at) for j in world.joinings.get(file, ()))
        and not reads_today(world, organisation, file, at)
    }


def may_be_named(world: World, lead: Who, user: UUID, file: UUID, at: datetime) -> bool:
    """A worker of the lead's organisation, who does not know the person; never the lead herself,
    nor somebody to whom nothing may be given."""
    return (
        user != lead.user
        and is_cleared(world, user, lead.organisation, at)
        and bool(roles_held(world, Who(user, lead.organisation, WORKERS), at))
        and not kept_out(world, Who(user, lead.organisation, WORKERS), file, at)
    )
