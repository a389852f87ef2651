"""What is read with her on one screen, what stands beside a record, what goes in a formal copy?

The pages of both know none of the folders that fill them: a folder registers what it shows, when
the house is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from spheres.core.actor import Actor
from spheres.records.between.copying import Goes, Line
from spheres.records.between.places import Locked
from spheres.records.models import Record
from spheres.vault.models import Lockable

ALL_OF_IT: Final = 10_000  # texts of one file that a formal copy holds


@dataclass(frozen=True)
class Page:
    """One page of the reading: its code in the address, its words, and `find(file_id, actor=…,
    at=…)`. `from_age`: read by her from the age at which one agrees alone, and not before."""

    code: str
    title: Any
    icon: str
    find: Callable[..., Locked]
    from_age: bool = True


_pages: list[Page] = []
_beside: list[Callable[..., Locked]] = []


def read_with_her(page: Page) -> None:
    """Register one more page of the reading."""
    if page.code in {one.code for one in _pages}:
        raise ValueError(f"Two pages of the reading are called {page.code}.")
    _pages.append(page)


def pages(*, of_age: bool) -> list[Page]:
    """Those she may read, in the order of the folders."""
    return [page for page in _pages if of_age or not page.from_age]


def rows_of(page: Page, file_id: UUID, *, actor: Actor, at: datetime) -> Locked:
    """What is opened with one page, and the block it then makes."""
    return page.find(file_id, actor=actor, at=at)


def stand_beside_record(find: Callable[..., Locked]) -> None:
    """Register a function `find(record, actor=…)` whose block stands on a record's own page."""
    _beside.append(find)


def beside(record: Record, *, actor: Actor) -> list[Locked]:
    """What is opened with one record, in the order of the folders."""
    return [find(record, actor=actor) for find in _beside]


@dataclass(frozen=True)
class Copied:
    """One record as whoever may have a copy reads it: nothing of what is hidden is in it.

    Each text has a code, a title, and pieces: words, or the reason why they are hidden and what may
    be said of it. A comment has its moment and its words.
    """

    id: UUID
    kind: str
    title: str
    at: datetime
    author: str
    texts: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    comments: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True)
class CopiedRegister:
    """One of her registers in her copy: its lines, the newest first."""

    code: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ToCopy:
    """The rows to open first, in the one event of a copy; then what it is made of."""

    rows: Sequence[Lockable]
    make: Callable[[], list[Copied]]


_copying: list[Callable[..., ToCopy]] = []


def copy_with(find: Callable[..., ToCopy]) -> None:
    """Register the one function `find(file_id, actor=…, of_age=…, only=…, goes=…)` that knows what
    is hidden."""
    if _copying and _copying != [find]:
        raise ValueError("Two folders make the formal copy of a file.")
    _copying[:] = [find]


def to_copy(
    file_id: UUID,
    *,
    actor: Actor,
    of_age: bool,
    only: Collection[UUID] | None = None,
    goes: Goes = Goes.HERS,
) -> ToCopy:
    """What goes in a copy of one file, the newest first; of these texts alone when they are said:
    nothing else is opened. In a copy for whoever speaks for her, her own words wait too until
    somebody has looked at them, and what goes to her alone is not there."""
    [find] = _copying
    return find(file_id, actor=actor, of_age=of_age, only=only, goes=goes)
