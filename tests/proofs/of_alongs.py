"""Which persons of the world let somebody of another organisation read a card, on one day?

To each of those who act, of some files of every sort: those where that person is known, barred by
name or by what they do, sealed, joined with another, or of an organisation that left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import NAMESPACE_DNS, UUID, uuid5

from tests.oracle_world import Consent, Restriction, Span, World
from tests.proofs.databases import Connection
from tests.proofs.of_hers import bar
from tests.proofs.spans import AT, DAY, FROM_NOW, GONE, INSTANT, THERE, uuid_of

HALF = timedelta(hours=12)
# One day, or less: until this instant, from it, an instant later, and around it.
DAYS = (
    Span(AT - HALF, AT + HALF),
    FROM_NOW[0],
    Span(AT - HALF, AT + HALF),
    Span(AT - HALF, AT),
    Span(AT - HALF, AT + HALF),
    Span(AT + INSTANT, AT + DAY),
)
ONE_FACE = ("identity", "steps", "relation", "notes")


def files(world: World, people: list[UUID]) -> None:
    """A few of those who act, for each file; in the name of where they work, or of elsewhere."""
    for number, face in enumerate((*ONE_FACE, "", "")):
        file = uuid_of(f"file along {number}")
        world.matters.append(file)
        world.holders[file] = GONE if number == len(ONE_FACE) else THERE
        for shift, user in enumerate(people):
            _agree(world, file, user, number + shift)
            if face and shift % 2:
                bar(world, file, Restriction(Span(AT - DAY), frozenset({face}), user=user))
            if not face and shift % 5 == 1:
                world.conflicts.add((user, file))
    for turn, file in enumerate(list(world.holders)):
        for shift, user in enumerate(people):
            if (turn * 7 + shift) % 23 == 0:
                _agree(world, file, user, turn + shift)


def _agree(world: World, file: UUID, user: UUID, which: int) -> None:
    held = world.memberships.get(user, [])
    where = held[which % len(held)].organisation if held else THERE
    said = Consent(where, DAYS[which % len(DAYS)], frozenset(), user)
    world.alongs.setdefault(file, []).append(said)


def id_of(file: UUID, number: int) -> UUID:
    return uuid5(NAMESPACE_DNS, f"along {file} {number}")


def rows(owner: Connection, world: World, copy: Callable[..., None]) -> None:
    """It ends as its day does, or is taken back: one and the other, in turn."""
    copy(
        owner,
        "sharing_along",
        "id, file_id, organisation_id, user_id, starts_at, ends_at, withdrawn_at, withdrawn_by",
        (
            (
                id_of(file, number), file, said.organisation, said.user, said.span.starts,
                *((said.span.starts + DAY, said.span.ends, file)
                  if number // 2 % 2 else (said.span.ends, None, None)),
            )
            for file, alongs in world.alongs.items()
            for number, said in enumerate(alongs)
        ),
    )  # fmt: skip
