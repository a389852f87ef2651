"""Whose notes of the world did a worker bring to whoever acts, for one meeting?

Of some files of every sort: those where that person is known, barred by name from a part of it,
sealed, joined with another; or whose worker walks with her no more, or is barred herself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import NAMESPACE_DNS, UUID, uuid5

from tests.oracle_world import Joining, Restriction, Seal, Span, Supervised, World
from tests.proofs.databases import Connection
from tests.proofs.of_hers import bar
from tests.proofs.spans import (
    AT,
    DAY,
    FROM_NOW,
    HERE,
    INSTANT,
    LAST_WEEK,
    LONG_OPEN,
    THERE,
    UNTIL_NOW,
    uuid_of,
)

HALF = timedelta(hours=12)
MEETINGS = (
    Span(AT - HALF, AT + HALF),
    Span(AT - DAY, AT + DAY),
    FROM_NOW[0],
    Span(AT - HALF, AT + HALF),
    UNTIL_NOW[0],
    Span(AT + INSTANT, AT + DAY),
    Span(AT - 2 * DAY, AT + DAY),
)
# From what of hers the person bars whoever is to read; nothing: nothing.
BARRED = ("identity", "notes", "relation", "steps", "", "")


def files(world: World, people: list[UUID]) -> None:
    """Each of these to each of those who act, where they work or elsewhere."""
    for number, (face, holder) in enumerate((face, o) for face in BARRED for o in (HERE, THERE)):
        file, worker = _one(world, f"supervised {number}", holder)
        for shift, user in enumerate(people):
            _bring(world, file, user, worker, number + shift)
            if face and shift % 2:
                bar(world, file, Restriction(Span(AT - DAY), frozenset({face}), user=user))
            if not face and shift % 5 == 1:
                world.conflicts.add((user, file))
    for number, what in enumerate(("sealed", "joined", "left", "knows", "barred")):
        file, worker = _one(world, f"supervised, {what}", HERE)
        if what == "sealed":
            world.seals[file] = [Seal(LAST_WEEK[0], frozenset({"identity"}))]
        if what == "left":
            world.assignments[worker, file] = list(UNTIL_NOW)
        if what == "knows":
            world.conflicts.add((worker, file))
        if what == "barred":
            bar(world, file, Restriction(Span(AT - DAY), frozenset({"notes"}), user=worker))
        other = _one(world, "supervised, the other one", HERE)[0] if what == "joined" else None
        if other:
            for one in (file, other):
                joining = Joining(other, file, LAST_WEEK[0])
                world.joinings.setdefault(one, []).append(joining)
        for shift, user in enumerate(people):
            _bring(world, file, user, worker, number + shift)
            if other and shift % 2:
                world.conflicts.add((user, other))


def _one(world: World, name: str, holder: UUID) -> tuple[UUID, UUID]:
    """A file, and a worker who walks with her."""
    file, worker = uuid_of(f"file {name}"), uuid_of(f"worker of {name}")
    world.matters.append(file)
    world.holders[file] = holder
    world.join(worker, holder, "youth_worker", LONG_OPEN)
    world.trained[worker] = list(world.trained[uuid_of("youth_worker live")])
    world.assignments[worker, file] = list(LAST_WEEK)
    return file, worker


def _bring(world: World, file: UUID, user: UUID, worker: UUID, which: int) -> None:
    held = world.memberships.get(user, [])
    where = held[which % len(held)].organisation if held else HERE
    if which % 11 == 0:
        where = THERE if where == HERE else HERE
    said = Supervised(where, MEETINGS[which % len(MEETINGS)], user, worker)
    world.supervised.setdefault(file, []).append(said)


def id_of(file: UUID, number: int) -> UUID:
    return uuid5(NAMESPACE_DNS, f"supervised {file} {number}")


def rows(owner: Connection, world: World, copy: Callable[..., None]) -> None:
    """It ends as its meeting does, or is taken back: one and the other, in turn."""
    copy(
        owner,
        "sharing_supervised",
        "id, file_id, organisation_id, user_id, brought_by, brought_at, ends_at, withdrawn_at, "
        "withdrawn_by",
        (
            (
                id_of(file, number), file, said.organisation, said.user, said.by, said.span.starts,
                *((said.span.starts + 3 * DAY, said.span.ends, file)
                  if number // 2 % 2 else (said.span.ends, None, None)),
            )
            for file, brought in world.supervised.items()
            for number, said in enumerate(brought)
        ),
    )  # fmt: skip
