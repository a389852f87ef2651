"""Which files of the world hold notes of somebody who left, and who was given them to keep?"""

from __future__ import annotations

from itertools import product
from uuid import UUID

from tests.oracle_world import Custody, Span, World
from tests.proofs.spans import (
    AT,
    BACK_AGAIN,
    DAY,
    FROM_NOW,
    HERE,
    LAST_WEEK,
    LONG_OPEN,
    NONE,
    NOT_YET,
    THERE,
    UNTIL_NOW,
    uuid_of,
)

GIVEN = (
    FROM_NOW[0],
    UNTIL_NOW[0],
    NOT_YET[0],
    LAST_WEEK[0],
    LONG_OPEN[0],
    Span(AT - DAY, AT + DAY),
)
# The stay of whoever wrote, and since when the file was theirs: gone, there, back, account closed.
AUTHORS = (
    (UNTIL_NOW, LAST_WEEK),
    (UNTIL_NOW, UNTIL_NOW),
    (UNTIL_NOW, FROM_NOW),
    (UNTIL_NOW, NOT_YET),
    (UNTIL_NOW, NONE),
    (LONG_OPEN, LAST_WEEK),
    (BACK_AGAIN, LAST_WEEK),
    (NOT_YET, LAST_WEEK),
    (LONG_OPEN, LAST_WEEK),  # the last one: the account is closed
)
CLOSED = len(AUTHORS) - 1


def files(world: World, people: list[UUID]) -> None:
    """Each of those who act was given each, in one way or another; every fourth knows the person.

    A file may be held, and its notes given to keep, in two different places.
    """
    ways = product(((HERE, HERE), (THERE, THERE), (HERE, THERE), (THERE, HERE)), enumerate(AUTHORS))
    for (holder, place), (sort, (stay, assigned)) in ways:
        for number in range(len(GIVEN) if (sort, place) == (0, HERE) else 2):
            author = uuid_of(f"wrote {sort} {number} at {holder}, kept at {place}")
            world.join(author, place, "psychotherapist", stay)
            if sort == CLOSED:
                world.closed_accounts.add(author)
            file = uuid_of(f"file of {author}")
            world.matters.append(file)
            world.holders[file] = holder
            if assigned:
                world.assignments[author, file] = list(assigned)
            for shift, user in enumerate(people):
                span = GIVEN[(number + shift) % len(GIVEN)] if not sort else GIVEN[3 + shift % 3]
                custody = Custody(author, place, span)
                world.custodies.setdefault(user, []).append(custody)
                if (number + sort + shift) % 4 == 0:
                    world.conflicts.add((user, file))
