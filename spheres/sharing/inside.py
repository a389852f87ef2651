"""Who is in her notebook now, and what does it open? The database says, and signs her context."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from spheres.accounts.sessions import hash_of
from spheres.core import context
from spheres.core.actor import NOTEBOOK, PARTICIPANT, Actor
from spheres.sharing.models import Notebook
from spheres.sharing.notebooks import LONGEST


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
    agreed: str
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
    (
        participant,
        holder,
        file_id,
        notebook_id,
        level,
        agreed,
        faces,
        opened,
        session,
        started,
        sealed,
    ) = row
    return Inside(
        Actor(participant, holder, frozenset({PARTICIPANT}), NOTEBOOK),
        file_id,
        notebook_id,
        level,
        agreed,
        frozenset(faces),
        opened,
        session,
        started,
        bytes(sealed),
    )
