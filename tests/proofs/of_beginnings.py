"""Which files of the world began with a psychotherapist, and by which consents may one begin?

For each psychotherapist, files of every sort: begun at this instant, an instant later, over at it,
in another house; where that person is known, kept from one face, or where one is sealed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import NAMESPACE_DNS, UUID, uuid5

from tests.oracle_world import Handing, Restriction, Seal, Span, World
from tests.proofs.databases import Connection
from tests.proofs.of_hers import bar
from tests.proofs.spans import AT, DAY, HERE, INSTANT, THERE, uuid_of

WEEK = timedelta(days=7)
FACES = ("identity", "contact", "summary", "relation", "notes")
# How long whoever was there at the beginning is there.
STAYS = (
    (HERE, Span(AT - WEEK)),
    (HERE, Span(AT - WEEK, AT)),
    (HERE, Span(AT - WEEK, AT + INSTANT)),
    (HERE, Span(AT)),
    (HERE, Span(AT + INSTANT)),
    (THERE, Span(AT - WEEK)),
    (HERE, Span(AT - 400 * DAY)),
)

# What passed to whoever took somebody on a day ago: until then, still, until before, from after.
PASSED = (
    Span(AT - WEEK, AT - DAY),
    Span(AT - WEEK),
    Span(AT - WEEK, AT - DAY - INSTANT),
    Span(AT - DAY + INSTANT),
)


def files(world: World) -> None:
    people = [
        user
        for user, held in world.memberships.items()
        if any(one.role == "psychotherapist" for one in held)
    ]
    for number, (holder, span) in enumerate(STAYS):
        _begin(world, f"stay {number}", holder, span, people)
    for face in FACES:
        file = _begin(world, f"barred {face}", HERE, Span(AT - WEEK), people)
        for user in people[::2]:
            bar(world, file, Restriction(Span(AT - DAY), frozenset({face}), user=user))
        file = _begin(world, f"sealed {face}", HERE, Span(AT - WEEK), people)
        world.seals.setdefault(file, []).append(Seal(Span(AT - DAY), frozenset({face})))
    file = _begin(world, "known", HERE, Span(AT - WEEK), people)
    world.conflicts |= {(user, file) for user in people[::2]}
    # There since later than it began: whoever comes second.
    file = _begin(world, "second", HERE, Span(AT - DAY), people)
    world.opened_at[file] = AT - WEEK
    for number, span in enumerate(PASSED):
        file = _begin(world, f"taken on {number}", HERE, Span(AT - DAY), people)
        world.opened_at[file] = AT - 2 * WEEK
        for user in people:
            world.handings[user, file] = [Handing(span, frozenset(FACES[:-1]))]


def _begin(world: World, name: str, holder: UUID, span: Span, people: list[UUID]) -> UUID:
    file = uuid_of(f"file that began {name}")
    world.matters.append(file)
    world.holders[file] = holder
    world.opened_at[file] = span.starts
    for user in people:
        world.assignments[user, file] = [span]
    return file


def consent_of(file: UUID, number: int) -> UUID:
    return uuid5(NAMESPACE_DNS, f"consent {file} {number}")


def may_begin(file: UUID, number: int) -> bool:
    """Of three things she shares, two are a request; one of these says that a file may begin."""
    return consent_of(file, number).int % 3 == 0


def rows(owner: Connection, world: World, copy: Callable[..., None]) -> None:
    copy(
        owner,
        "therapy_requests_therapyrequest",
        "id, file_id, written_by, written_at, opens_there",
        (
            (consent_of(file, number), file, file, AT - WEEK, may_begin(file, number))
            for file, consents in world.consents.items()
            if file in world.holders
            for number in range(len(consents))
            if consent_of(file, number).int % 3 < 2
        ),
    )
