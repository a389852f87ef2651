"""Which files of the world open for a while: answered for, handed over, recognised, joined?"""

from __future__ import annotations

from itertools import product
from uuid import UUID

from tests.oracle_world import Cover, Handing, Joining, Span, World
from tests.proofs.spans import (
    ASSIGNMENTS,
    AT,
    BACK_AGAIN,
    DAY,
    FROM_NOW,
    HERE,
    INSTANT,
    LAST_WEEK,
    LONG_OPEN,
    NONE,
    NOT_YET,
    ON_AND_ON,
    THERE,
    UNTIL_NOW,
    uuid_of,
)

# What is given for a while always has an end.
SHORT = (
    NONE,
    FROM_NOW,
    UNTIL_NOW,
    (Span(AT + INSTANT, AT + DAY),),
    (Span(AT - 7 * DAY, AT + DAY),),
    (Span(AT - 400 * DAY, AT + DAY),),
)
ON = Span(AT - 7 * DAY, AT + DAY)
# Those for whom somebody answers: their stay, and since when the file is theirs.
ANSWERED_FOR = (
    (LONG_OPEN, FROM_NOW),
    (LONG_OPEN, UNTIL_NOW),
    (LONG_OPEN, NOT_YET),
    (LONG_OPEN, LAST_WEEK),
    (UNTIL_NOW, LAST_WEEK),
    (UNTIL_NOW, NONE),
    (BACK_AGAIN, LAST_WEEK),
    (BACK_AGAIN, FROM_NOW),
    (ON_AND_ON, LAST_WEEK),
    (LONG_OPEN, LAST_WEEK),  # the last one: her account is closed
)
PLAIN, GONE = ANSWERED_FOR.index((LONG_OPEN, LAST_WEEK)), ANSWERED_FOR.index((UNTIL_NOW, LAST_WEEK))
CLOSED = len(ANSWERED_FOR) - 1
EVERY_FACE = frozenset({"identity", "contact", "summary", "relation", "plan", "safety", "steps"})
HANDINGS = (
    (NONE, EVERY_FACE),
    (FROM_NOW, EVERY_FACE),
    (UNTIL_NOW, EVERY_FACE),
    (NOT_YET, EVERY_FACE),
    (LONG_OPEN, EVERY_FACE),
    (LAST_WEEK, frozenset({"relation", "identity", "plan"})),
    (LAST_WEEK, frozenset({"relation", "contact", "summary", "safety", "steps"})),
)
LINKED = (FROM_NOW, UNTIL_NOW, NOT_YET, LAST_WEEK)


def files(world: World) -> None:
    """What opens a file without walking with the person: each person meets each way to be given it.

    Every third file is one of which a person has, besides, a conflict.
    """
    people = list(world.memberships)
    _answered_for(world, people)
    for place, (number, _) in product((HERE, THERE), enumerate(HANDINGS * 2)):
        file = _one_file(world, f"handed {number} at {place}", place)
        for shift, user in enumerate(people):
            spans, faces = HANDINGS[(number + shift) % len(HANDINGS)]
            world.handings[user, file] = [Handing(span, faces) for span in spans]
            if (number + shift) % 3 == 0:
                world.conflicts.add((user, file))
    _recognised(world, people)
    _joined(world, people)
    _nobody_beside(world)


def some(plain: bool, every: int, place: UUID) -> int:
    """All the ways of one sort; of the others a few, which each person meets in another turn."""
    return (every if plain else 3) if place == HERE else 1


def _one_file(world: World, name: str, holder: UUID) -> UUID:
    file = uuid_of(f"file {name}")
    world.matters.append(file)
    world.holders[file] = holder
    return file


def _answered_for(world: World, people: list[UUID]) -> None:
    """A colleague away, on call, gone or back; a cover may also be named in another place."""
    for place, (sort, (stay, assigned)) in product((HERE, THERE), enumerate(ANSWERED_FOR)):
        for number in range(some(sort in {PLAIN, GONE}, len(SHORT) + 1, place)):
            away = uuid_of(f"answered for {sort} {number} at {place}")
            world.join(away, place, "youth_worker", stay)
            if sort == CLOSED:
                world.closed_accounts.add(away)
            file = _one_file(world, f"of {away}", place)
            if assigned:
                world.assignments[away, file] = list(assigned)
            for shift, user in enumerate(people):
                turn = (number + shift) % (len(SHORT) + 1)
                where, spans = (place, SHORT[turn]) if turn < len(SHORT) else (THERE, SHORT[4])
                world.covers.setdefault(user, {})[away] = [
                    Cover(user, away, where, span, bool(user.int % 2)) for span in spans
                ]
                if (number + sort + shift) % 4 == 0:
                    world.conflicts.add((user, file))


def _nobody_beside(world: World) -> None:
    """One person walked with her, one colleague may answer: each in one way, nobody besides."""
    for number, ((stay, assigned), knows) in enumerate(product(ANSWERED_FOR, (False, True))):
        for turn in range(3):  # in more than one of the ways that a follow-up can stand
            file = _one_file(world, f"walked with {number} {turn}", HERE)
            _walks(world, f"walked {number}", file, stay, assigned or UNTIL_NOW, knows)
    for number, (link, turn) in enumerate(product((*LINKED, NONE), range(4))):
        file = _one_file(world, f"joined to nobody's {number} {turn}", HERE)
        _walks(world, "walked once", file, LONG_OPEN, UNTIL_NOW, False)
        if link:
            kept = _one_file(world, f"kept by nobody {number} {turn}", HERE)
            joining = Joining(kept, file, link[0])
            for one in (kept, file):
                world.joinings.setdefault(one, []).append(joining)
    stays = (LONG_OPEN, UNTIL_NOW, NOT_YET, BACK_AGAIN, LAST_WEEK)
    ways = (
        (HERE, True, "youth_worker"),
        (THERE, True, "youth_worker"),
        (HERE, False, "youth_worker"),
        (HERE, True, "team_lead"),
    )
    for number, (way, stay, spans) in enumerate(product(ways, stays, SHORT[1:])):
        place, stands_in, role = way
        file = _one_file(world, f"gone {number}", HERE)
        gone = _walks(world, f"gone {number}", file, UNTIL_NOW, LAST_WEEK, False)
        user, other = uuid_of(f"answers {number}"), uuid_of(f"knows {number}")
        world.join(user, HERE, role, stay)
        world.covers.setdefault(user, {})[gone] = [
            Cover(user, gone, place, span, stands_in) for span in spans
        ]
        if number % 8 == 4:
            world.conflicts.add((user, file))
        if number % 2:  # somebody else was named for all of hers, and knows this one
            world.join(other, HERE, "youth_worker", LONG_OPEN)
            world.covers.setdefault(other, {})[gone] = [Cover(other, gone, HERE, ON)]
            world.conflicts.add((other, file))


def _walks(
    world: World,
    name: str,
    file: UUID,
    stay: tuple[Span, ...],
    assigned: tuple[Span, ...],
    knows: bool,
) -> UUID:
    user = uuid_of(name)
    if user not in world.memberships:
        world.join(user, HERE, "youth_worker", stay)
    world.assignments[user, file] = list(assigned)
    if knows:
        world.conflicts.add((user, file))
    return user


def _recognised(world: World, people: list[UUID]) -> None:
    """Her word said to somebody; with nobody beside her, or somebody who may be gone."""
    walked = ((LONG_OPEN, NONE), *ANSWERED_FOR)
    for place, (sort, (stay, assigned)) in product((HERE, THERE), enumerate(walked)):
        for number in range(some(not sort, len(SHORT), place)):
            file = _one_file(world, f"recognised {sort} {number} at {place}", place)
            if assigned:
                beside = uuid_of(f"beside {sort} at {place}")
                if beside not in world.memberships:
                    world.join(beside, place, "youth_worker", stay)
                if sort == CLOSED + 1:
                    world.closed_accounts.add(beside)
                world.assignments[beside, file] = list(assigned)
            for shift, user in enumerate(people):
                world.recognised[user, file] = list(SHORT[(number + shift) % len(SHORT)])
                if (number + sort + shift) % 4 == 0:
                    world.conflicts.add((user, file))


def _joined(world: World, people: list[UUID]) -> None:
    """Two files of one person, each held here or there; one walks with her by the first."""
    places = [(HERE, HERE), (HERE, HERE), (HERE, THERE), (THERE, HERE), (THERE, THERE)]
    for (number, link), (turn, (kept_at, joined_at)) in product(
        enumerate(LINKED), enumerate(places)
    ):
        kept = _one_file(world, f"kept {number} {turn}", kept_at)
        joined = _one_file(world, f"joined {number} {turn}", joined_at)
        joining = Joining(kept, joined, link[0])
        for file in (kept, joined):
            world.joinings.setdefault(file, []).append(joining)
        for shift, user in enumerate(people):
            if spans := ASSIGNMENTS[(number + 5 * turn + shift) % len(ASSIGNMENTS)]:
                world.assignments[user, kept] = list(spans)
            if (number + turn + shift) % 4 == 0:
                world.conflicts.add((user, kept if shift % 2 else joined))
