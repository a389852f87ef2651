"""How does a notebook stand, and who is inside? Its row is read by the rule table itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from spheres.accounts.sessions import hash_of
from spheres.core import clock, context
from spheres.core.actor import NOTEBOOK, PARTICIPANT, Actor
from spheres.followup.reaching import queries as reaching
from spheres.followup.reaching.policy import Confirmed
from spheres.participants.models import FollowUpStatus
from spheres.participants.queries import Header, Known
from spheres.portal.notebook import policy
from spheres.regions import queries as regions
from spheres.sharing.models import Notebook
from spheres.sharing.notebooks import LONGEST
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
class Inside:
    """She is in her notebook: who she is to the database, and what it opens now.

    A page of hers finds it as `request.notebook`. `faces` are sections of her file; `allows` asks
    for all of several; `writes` says that she is at the level of writing.
    """

    actor: Actor
    file_id: UUID
    notebook_id: UUID
    level: str
    faces: frozenset[str]
    opened_at: datetime
    session_id: UUID
    started_at: datetime
    sealed: bytes = field(repr=False)

    def allows(self, *faces: str) -> bool:
        return self.faces.issuperset(faces)

    @property
    def writes(self) -> bool:
        return self.level == Notebook.Level.WRITE

    @property
    def ends_at(self) -> datetime:
        return self.started_at + LONGEST

    @property
    def kinds(self) -> set[str]:
        return policy.kinds_of(set(self.faces))


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


def enter(key: str, *, at: datetime) -> Inside | None:
    """Come in with the key of a session: the database verifies it, and signs her context.

    None, alike, for an unknown key, one that is over, a notebook closed meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from access.enter_notebook(%s, %s, %s, %s, %s)",
            context.sign_entrance(hash_of(key), at, NOTEBOOK),
        )
        row = cursor.fetchone()
    if row is None:
        return None
    participant, holder, file_id, notebook_id, level, faces, opened, session, started, sealed = row
    return Inside(
        Actor(participant, holder, frozenset({PARTICIPANT}), NOTEBOOK),
        file_id,
        notebook_id,
        level,
        frozenset(faces),
        opened,
        session,
        started,
        bytes(sealed),
    )


def held(inside: Inside, *, key: str) -> Held:
    """What her browser’s key opens of the code and the PIN. Raises cipher.Sealed for any other."""
    content = stretching.take(inside.sealed, key=key)
    size = policy.CODE_DIGITS
    return Held(content[:size].decode(), content[size:])
