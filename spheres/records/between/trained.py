"""What follows when somebody took part in a training? Folders say so, unknown to who held it.

Whoever closes the list of a training tells it here; whoever keeps who was trained, in what and
until when, listens, and says to each what holds for them today. A name is that of somebody who
works with young people, never of one of them.

Past trainings come by a list: whoever keeps what was attested says which are known already, keeps
the others, and undoes them while nothing stands on them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from spheres.core.actor import Actor


@dataclass(frozen=True)
class TookPart:
    """One person, one topic, one day.

    `user_id` when it is somebody who works in the programme; else `organisation`, `environment` and
    `region` (codes of vocabularies) say from where they came, as they said it.
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
    region: str = ""


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


class Keeper(Protocol):
    """Whoever keeps past trainings. `session_id` of each is then the identifier of what is kept."""

    def known(self, those: Sequence[TookPart], /, *, actor: Actor) -> set[UUID]:
        """Those that are kept already, under another identifier or the same."""

    def keep(self, those: Sequence[TookPart], /, *, by: Actor, at: datetime) -> set[UUID]:
        """Keep those that are not known, in one go; returns which were added."""

    def stand(self, ids: Collection[UUID], /, *, actor: Actor) -> set[UUID]:
        """Those on which something stands: they are not undone any more."""

    def undo(self, ids: Collection[UUID], /, *, by: Actor, at: datetime) -> set[UUID]:
        """Undo those on which nothing stands; returns those that stay."""


_keepers: list[Keeper] = []


def keep_past(keeper: Keeper) -> None:
    """Register the one that keeps past trainings. Raises ValueError when there is one already."""
    if _keepers:
        raise ValueError("Past trainings are kept already.")
    _keepers.append(keeper)


def past() -> Keeper:
    """Whoever keeps past trainings."""
    return _keepers[0]


def know(what: Callable[..., set[str]]) -> None:
    """Register `what(actor=…)`: the topics in which this person’s own training holds today."""
    _knowing.append(what)


def holds(*, actor: Actor) -> set[str]:
    """The topics in which one’s own training holds today, by their slugs in the catalogue."""
    return {topic for what in _knowing for topic in what(actor=actor)}
