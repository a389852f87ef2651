"""What she reaches in her own notebook, said a second time, by another hand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tests.oracle_world import Notebook, Who, World

# What her notebook may show her of her file, and where she may write by herself.
SHOWN = frozenset(
    {
        "identity", "contact", "summary", "plan", "safety", "steps", "legal", "relation",
        "journal",
    }
)  # fmt: skip
WRITTEN = frozenset({"plan", "steps"})


def in_her_notebook(
    world: World, who: Who, file: UUID, at: datetime
) -> tuple[frozenset[str], frozenset[str]]:
    """What she reads of this file, and what she adds to: hers, where it is held, as she allowed."""
    is_hers = world.persons.get(file) == who.user and world.holders.get(file) == who.organisation
    open_now = [
        one for one in world.notebooks.get(file, ()) if is_hers and is_open(world, file, one, at)
    ]
    read = frozenset(face for one in open_now for face in one.faces) & SHOWN
    written = frozenset(face for one in open_now if one.level == "WRITE" for face in one.faces)
    return read, written & WRITTEN


def is_open(world: World, file: UUID, one: Notebook, at: datetime) -> bool:
    """From when it was opened face to face until somebody closed it; and closed by itself, for
    good, once reaching her is not safe, by this file or by the other one of the same person; once
    she died, or her follow-up is over; once what was written was destroyed."""
    both = {file} | {
        j.joined if file == j.kept else j.kept
        for j in world.joinings.get(file, ())
        if j.span.holds(at)
    }
    return (
        one.span.holds(at)
        and not any(
            noted.ends is None or noted.ends > one.span.starts
            for f in both
            for noted in world.unsafe.get(f, ())
        )
        and world.ended.get(file) not in {"ENDED", "DIED"}
        and file not in world.destroyed
    )


def rights_of_hers(
    roles: frozenset[str], opened: tuple[frozenset[str], frozenset[str]]
) -> frozenset[tuple[str, str]]:
    """She reads what she allowed; where she writes, she adds, and changes where it stands. What she
    restricted keeps others out, never herself."""
    if "participant" not in roles:
        return frozenset()
    read, written = opened
    return frozenset(
        {("read", face) for face in read}
        | {(act, face) for act in ("append", "amend") for face in written}
    )
