"""What does the programme plan together, whichever folder plans it?

The calendar knows none of them: a folder registers how it finds what one may know of between two
moments. What is planned here concerns colleagues and organisations; it names nobody whom the
programme accompanies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor


@dataclass(frozen=True)
class Planned:
    """One thing of the programme: what kind it is, when, in which kind of place, for whom.

    The kind is a code and its words; the organisations are those that are awaited there.
    """

    kind: str
    kind_words: str
    title: str
    url: str
    starts_at: datetime
    ends_at: datetime
    where: str = ""
    organisations: tuple[tuple[UUID, str], ...] = ()
    is_off: bool = False  # it is not held any more
    is_all_day: bool = False  # its day is known, and not its hours


Finding = Callable[..., list[Planned]]
_finding: list[Finding] = []


def plan(find: Finding) -> None:
    """Register `find(actor=…, since=…, until=…)`: what one may know of, in no order."""
    _finding.append(find)


def planned(*, actor: Actor, since: datetime, until: datetime) -> list[Planned]:
    """All that begins between two moments and that one may know of, the first one first."""
    found = [one for find in _finding for one in find(actor=actor, since=since, until=until)]
    return sorted(found, key=lambda one: (one.starts_at, one.title, one.url))
