"""What was told of her is a line of her register; which folder keeps the words of some lines?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from spheres.core.actor import Actor
from spheres.sharing.models import Disclosure
from spheres.vault.models import Lockable

# The one item of a disclosure whose words a folder keeps: a call in a danger; a report to youth
# protection; that it was weighed whether to report, and that nobody was called; what the law
# required, and was given.
CALL, REPORT, WEIGHED, DEMAND = "CALL", "REPORT", "WEIGHED", "DEMAND"
ELSEWHERE: Final = (CALL, REPORT, WEIGHED, DEMAND)
# The same, in SQL, of a row called `d`.
IS_ELSEWHERE: Final = f"d.items <@ '{{{','.join(ELSEWHERE)}}}' and d.items <> '{{}}'"


@dataclass(frozen=True)
class Said:
    """How one line reads: to whom, then, to her, in plain words.

    `is_nameless`: nothing else is said of it, for who wrote it and who looked again are protected.
    """

    recipient: str
    sentences: tuple[str, ...]
    is_nameless: bool = False


@dataclass(frozen=True)
class Kept:
    """Rows that are opened with the register; how each line then reads; which wait to be read."""

    rows: Sequence[Lockable] = ()
    # None: its words are not this reader's.
    say: Callable[[UUID], Said | None] = field(default=lambda _id: None)
    # Not read to her for now: telling could harm her, or she is to be told first.
    not_for_her: frozenset[UUID] = frozenset()
    # Never on a paper, which goes where nobody knows who reads it.
    not_on_paper: frozenset[UUID] = frozenset()
    # Where each is read, as the name of a page.
    pages: dict[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Besides:
    """A line of her register that tells of no communication: since when, and how it reads."""

    at: datetime
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class NotYet:
    """Somebody reads her file for a matter of which she may not be told yet, since when, until
    when: what they opened meanwhile is read to her once she is told."""

    user_id: UUID
    since: datetime
    until: datetime


_kept: dict[str, tuple[Callable[..., Kept], str]] = {}
_besides: list[Callable[..., list[Besides]]] = []
_not_yet: list[Callable[..., list[NotYet]]] = []


def tell(find: Callable[..., Kept], *codes: str, page: str) -> None:
    """Register a function `find(rows, actor=…)` for the disclosures of these codes, whose words a
    folder keeps; and the page where one of them is read."""
    for code in codes:
        _kept[code] = find, page


def code_of(row: Disclosure) -> str:
    """Of which code this line is; empty: its words are in the register itself.

    What was demanded and refused holds no item: its ground says whose it is.
    """
    if row.is_refused and row.purpose == Disclosure.Purpose.ORDER:
        return DEMAND
    return row.items[0] if len(row.items) == 1 and row.items[0] in _kept else ""


def of(rows: Collection[Disclosure], *, actor: Actor) -> Kept:
    """What is kept of these, by the folders that keep such words."""
    theirs: dict[Callable[..., Kept], list[Disclosure]] = {}
    pages: dict[UUID, str] = {}
    for row in rows:
        if kept := _kept.get(code_of(row)):
            find, pages[row.pk] = kept
            theirs.setdefault(find, []).append(row)
    every = [find(found, actor=actor) for find, found in theirs.items()]
    return Kept(
        rows=[row for one in every for row in one.rows],
        say=lambda pk: next((said for one in every if (said := one.say(pk))), None),
        not_for_her=frozenset().union(*(one.not_for_her for one in every)),
        not_on_paper=frozenset().union(*(one.not_on_paper for one in every)),
        pages=pages,
    )


def tell_besides(find: Callable[..., list[Besides]]) -> None:
    """Register a function `find(file_id, actor=…)`: what else she reads in her register."""
    _besides.append(find)


def besides(file_id: UUID, *, actor: Actor) -> list[Besides]:
    """All of it, in the order of the folders."""
    return [line for find in _besides for line in find(file_id, actor=actor)]


def tell_not_yet(find: Callable[..., list[NotYet]]) -> None:
    """Register a function `find(file_id, actor=…)`: whose openings from a seat wait to be read."""
    _not_yet.append(find)


def not_yet(file_id: UUID, *, actor: Actor) -> list[NotYet]:
    """All of them, of this file."""
    return [one for find in _not_yet for one in find(file_id, actor=actor)]
