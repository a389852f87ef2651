"""Who outside does something for a person? Folders say it here, and do not know each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.records.between import gathering
from spheres.vault.models import Lockable


@dataclass(frozen=True)
class Said:
    """One thing done for her elsewhere: what, where, since when, what comes next."""

    what: str
    where: str
    since: date | None
    next_step: str
    next_on: date | None
    url: str


@dataclass(frozen=True)
class Helping:
    """Rows to open, and what they then say."""

    rows: Sequence[Lockable]
    lines: Callable[[], list[Said]]


_helping: list[Callable[..., Helping]] = []


def tell(find: Callable[..., Helping]) -> None:
    """Register a function `find(file_id, actor=…, since=…)`."""
    _helping.append(find)


def found(file_id: UUID, *, actor: Actor, since: datetime | None) -> list[Helping]:
    """What each folder knows, still locked, in the order of the folders.

    What they asked of `gathering` for this page is read first, in one statement.
    """
    gathering.read(gathering.OF_PARTS, file_id, actor=actor, since=since)
    return [find(file_id, actor=actor, since=since) for find in _helping]
