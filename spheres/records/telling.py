"""What was told of her is a line of her register; which folder keeps the words of some lines?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from spheres.core.actor import Actor
from spheres.sharing.models import Disclosure
from spheres.vault.models import Lockable


@dataclass(frozen=True)
class Said:
    """How one line reads: to whom, then, to her, in plain words."""

    recipient: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """Rows that are opened with the register; how each line then reads; which wait to be read."""

    rows: Sequence[Lockable] = ()
    # None: its words are not this reader's.
    say: Callable[[UUID], Said | None] = field(default=lambda _id: None)
    # Not read to her for now: telling could harm her.
    not_for_her: frozenset[UUID] = frozenset()


_kept: list[Callable[..., Kept]] = []
_pages: dict[str, str] = {}


def tell(find: Callable[..., Kept], item: str, url_name: str) -> None:
    """Register a function `find(rows, actor=…)` for the disclosures whose words a folder keeps.

    Such a line holds one item, of this code; the page named so, of its file and of itself, follows
    it.
    """
    if _pages.setdefault(item, url_name) != url_name:
        raise ValueError(f"Two folders keep the words of {item}.")
    _kept.append(find)


def items() -> list[list[str]]:
    """What the lines hold whose words other folders keep."""
    return [[item] for item in sorted(_pages)]


def page_of(row: Disclosure) -> str:
    """The name of the page that follows this line; empty: the register’s own."""
    return _pages.get(row.items[0], "") if len(row.items) == 1 else ""


def of(rows: Collection[Disclosure], *, actor: Actor) -> Kept:
    """What is kept of these, by each folder that keeps such words; each knows its own lines."""
    found = [find(rows, actor=actor) for find in _kept] if rows else []

    def say(line: UUID) -> Said | None:
        return next((said for one in found if (said := one.say(line)) is not None), None)

    return Kept(
        [row for one in found for row in one.rows],
        say,
        frozenset().union(*(one.not_for_her for one in found)),
    )
