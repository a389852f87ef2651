"""How does a notebook stand, and may it be opened; what is held of the code while she is inside?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from spheres.core import clock, context
from spheres.core.actor import Actor
from spheres.followup.reaching import queries as reaching
from spheres.followup.reaching.policy import Confirmed
from spheres.participants.models import FollowUpStatus
from spheres.participants.queries import Header, Known
from spheres.portal.notebook import policy
from spheres.regions import queries as regions
from spheres.sharing.inside import Inside
from spheres.sharing.models import Notebook
from spheres.vault import stretching

OVER = frozenset({FollowUpStatus.Status.ENDED, FollowUpStatus.Status.DIED})


@dataclass(frozen=True)
class Stands:
    """How a notebook stands, as those who accompany her read it; never when she was there."""

    id: UUID
    level: str
    faces: frozenset[str]
    opened_by: UUID
    opened_at: datetime
    lowered_at: datetime | None
    ended_at: datetime | None
    ended_by: UUID | None
    is_open: bool
    given_at: datetime | None  # when the code that stands was given
    is_locked: bool  # five wrong tries: another is given in person

    @property
    def level_label(self) -> str:
        return str(Notebook.Level(self.level).label)

    @property
    def kinds(self) -> set[str]:
        return policy.kinds_of(set(self.faces))

    @property
    def is_closed_by_itself(self) -> bool:
        """Nobody ended it: something noted in the file did."""
        return not self.is_open and self.ended_at is None


@dataclass(frozen=True)
class Held:
    """What only her browser’s key opens while she is inside: never kept in clear, never shown."""

    code: str = field(repr=False)
    pages_key: bytes = field(repr=False)


def stands(file_id: UUID, *, actor: Actor) -> Stands | None:
    """The notebook of one file, open or the last one; None when there never was one."""
    context.require(actor)
    with connection.cursor() as cursor:
        cursor.execute("select * from access.notebook_stands(%s)", [file_id])
        row = cursor.fetchone()
    if row is None:
        return None
    notebook_id, level, faces, *rest = row
    return Stands(notebook_id, level, frozenset(faces), *rest)


def ready(person: Header, known: Known, *, at: datetime) -> policy.Ready:
    """Whether one may be opened with this person, who was opened in this very page."""
    standing = reaching.standing(person, at=at)
    return policy.Ready(
        is_unsafe=standing.is_unsafe,
        is_confirmed=standing.confirmed == Confirmed.LATELY,
        is_over=known.status in OVER,
        decides_alone=person.decides_alone(
            on=clock.day_of(at), since_age=regions.region().self_from
        ),
        suspended=person.suspended,
    )


def held(inside: Inside, *, key: str) -> Held:
    """What her browser’s key opens of the code and the PIN. Raises cipher.Sealed for any other."""
    content = stretching.take(inside.sealed, key=key)
    size = policy.CODE_DIGITS
    return Held(content[:size].decode(), content[size:])
