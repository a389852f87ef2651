"""What follows when somebody took part in a training? Folders say so, unknown to who held it.

Whoever closes the list of a training tells it here; whoever keeps who was trained, in what and
until when, listens, and says to each what holds for them today. A name is that of somebody who
works with young people, never of one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from spheres.core.actor import Actor


@dataclass(frozen=True)
class TookPart:
    """One person, one topic, one day.

    `user_id` when it is somebody who works in the programme; else `organisation` and `environment`
    (a code of the vocabulary) say from where they came, as they said it.
    """

    session_id: UUID
    topic: str  # its slug in the catalogue
    name: str
    language: str
    on: date
    user_id: UUID | None = None
    organisation_id: UUID | None = None
    organisation: str = ""
    environment: str = ""


Following = Callable[..., None]
_following: list[Following] = []
_knowing: list[Callable[..., set[str]]] = []


def follow(what: Following) -> None:
    """Register `what(those, by=…, at=…)`: done in the transaction of whoever closes the list."""
    _following.append(what)


def took_part(those: Sequence[TookPart], *, by: Actor, at: datetime) -> None:
    """Tell everybody who listens, of the whole list at once."""
    for what in _following:
        what(those, by=by, at=at)


def know(what: Callable[..., set[str]]) -> None:
    """Register `what(actor=…)`: the topics in which this person’s own training holds today."""
    _knowing.append(what)


def holds(*, actor: Actor) -> set[str]:
    """The topics in which one’s own training holds today, by their slugs in the catalogue."""
    return {topic for what in _knowing for topic in what(actor=actor)}
