"""At which matters of the law about a file of the world is somebody seated, to read what of it?"""

from __future__ import annotations

from itertools import product
from uuid import UUID

from tests.oracle_world import Seat, Span, World
from tests.proofs.spans import AT, DAY, HERE, INSTANT, THERE, uuid_of

WHEN = (
    Seat(Span(AT, AT + DAY), frozenset()),
    Seat(Span(AT - DAY, AT), frozenset()),
    Seat(Span(AT + INSTANT, AT + DAY), frozenset()),
    Seat(Span(AT - DAY, AT + INSTANT), frozenset()),
    Seat(Span(AT - DAY, AT + DAY), frozenset(), AT),
    Seat(Span(AT - DAY, AT + DAY), frozenset(), AT + INSTANT),
)
# When what they were given for was answered.
ANSWERED = (None, AT, AT + INSTANT)
EVERYTHING = frozenset(
    {
        "identity", "summary", "plan", "safety", "steps", "notes", "health", "legal", "relation",
    }
)  # fmt: skip
FACES = (
    EVERYTHING,
    frozenset({"identity"}),
    frozenset({"identity", "notes", "legal"}),
    frozenset({"identity", "summary", "plan", "safety", "steps", "relation"}),
)


def files(world: World, people: list[UUID]) -> None:
    """Each of those who act sits at each, in one way or another; every fifth knows the person."""
    ways = product((HERE, THERE), enumerate(WHEN), enumerate(FACES))
    for holder, (moment, _when), (sort, _faces) in ways:
        file = uuid_of(f"asked for {moment} {sort} at {holder}")
        world.matters.append(file)
        world.holders[file] = holder
        for shift, user in enumerate(people):
            when = WHEN[(moment + shift) % len(WHEN)]
            faces = FACES[(sort + shift // len(WHEN)) % len(FACES)]
            narrowed = ANSWERED[(moment + sort + shift) % len(ANSWERED)]
            world.seats[user, file] = [Seat(when.span, faces, when.ended, narrowed)]
            if (moment + sort + shift) % 5 == 0:
                world.conflicts.add((user, file))
