"""Which files of the world are sealed, in part or whole, since when; and is the other file open?"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from uuid import UUID

from tests.oracle_world import Consent, Custody, Handling, Joining, Opened, Seal, Span, World
from tests.proofs.of_hers import ALL_FACES, ALL_SHARED, LIVE, STILL
from tests.proofs.spans import (
    AT,
    DAY,
    FROM_NOW,
    HERE,
    LAST_WEEK,
    LONG_OPEN,
    NOT_YET,
    THERE,
    UNTIL_NOW,
    uuid_of,
)

MINUTES = timedelta(minutes=20)
SPANS = (FROM_NOW[0], UNTIL_NOW[0], NOT_YET[0], LAST_WEEK[0], Span(AT - DAY, AT + DAY))
# The follow-up, the notes of a psychotherapy, the registers: what each closes.
CLOSED = (ALL_FACES - {"therapy"}, frozenset({"therapy"}), frozenset({"legal"}))


def files(world: World, people: list[UUID]) -> None:
    """Walked with, shared with, opened for an hour, joined to another, at a desk: each sealed."""
    for number, (span, faces) in enumerate(product(SPANS, CLOSED)):
        walked = _one(world, f"sealed {number}", HERE)
        shared = _one(world, f"sealed, shared {number}", THERE)
        opened = _one(world, f"sealed, opened {number}", HERE)
        for file in (walked, shared, opened):
            world.seals[file] = [Seal(span, faces)]
        world.consents[shared] = [Consent(HERE, LIVE, ALL_SHARED)]
        for user in people:
            world.assignments[user, walked] = list(LAST_WEEK)
            world.opened[user, opened] = [Opened(AT - MINUTES, AT + MINUTES)]
    _kept_for_somebody_gone(world, people)
    _joined(world, people)
    _at_a_desk(world, people)


def _one(world: World, name: str, holder: UUID) -> UUID:
    file = uuid_of(f"file {name}")
    world.matters.append(file)
    world.holders[file] = holder
    return file


def _kept_for_somebody_gone(world: World, people: list[UUID]) -> None:
    """Notes that somebody holds, sealed by themselves: their holder reads them no more."""
    author = uuid_of("wrote what is sealed")
    world.join(author, HERE, "psychotherapist", UNTIL_NOW)
    for number, faces in enumerate(CLOSED):
        file = _one(world, f"sealed, in custody {number}", HERE)
        world.seals[file] = [Seal(STILL, faces)]
        world.assignments[author, file] = list(LAST_WEEK)
    for user in people:
        world.custodies.setdefault(user, []).append(Custody(author, HERE, LAST_WEEK[0]))


def _joined(world: World, people: list[UUID]) -> None:
    """Two files that she said are hers: one sealed, the other goes on as it was."""
    for number, of_kept in enumerate((False, True)):
        kept = _one(world, f"kept, sealed {number}", HERE)
        joined = _one(world, f"joined, sealed {number}", HERE)
        for file in (kept, joined):
            world.joinings.setdefault(file, []).append(Joining(kept, joined, STILL))
        world.seals[kept if of_kept else joined] = [Seal(STILL, CLOSED[0])]
        for user in people:
            world.assignments[user, kept] = list(LAST_WEEK)
            world.assignments[user, joined] = list(LAST_WEEK)


def _at_a_desk(world: World, people: list[UUID]) -> None:
    """Offered, and at a desk: whoever handles it handles it no more."""
    desk = Handling("DESK", LONG_OPEN[0], desk=(HERE, "coordinator"))
    for number, span in enumerate(SPANS):
        matter = uuid_of(f"matter sealed {number}")
        world.matters.append(matter)
        offers = [Handling("OFFERED", LAST_WEEK[0], user=user) for user in people]
        world.handlings[matter] = [desk, *offers]
        world.seals[matter] = [Seal(span, CLOSED[0])]
