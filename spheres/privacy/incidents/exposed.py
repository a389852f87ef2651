"""What could be seen on a device that is lost, from what the system knows?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from spheres.accounts import queries as accounts
from spheres.accounts.models import Role
from spheres.core.actor import Actor

SAID_FOR: Final = timedelta(days=7)  # how long a session is known after its end


@dataclass(frozen=True)
class Exposed:
    """What could be seen on a lost device, from what the system knows; it judges nothing."""

    use: accounts.LastUse | None
    files: int
    owner: str = ""  # whose, when it is not one's own
    may_count: bool = True


def on_mine(device_id: UUID, *, actor: Actor, at: datetime) -> Exposed:
    """On my own: its last use, from when it was closed, how many files were opened in between."""
    use = accounts.last_use(device_id, actor=actor, at=at)
    return Exposed(use, _opened(actor.user_id, use))


def on_colleagues(user_id: UUID, *, actor: Actor, at: datetime) -> Exposed | None:
    """On a colleague's, once I have said that it is lost; None: I have not.

    The person in charge of privacy alone is told how many files: a number, of no file.
    """
    lost_at = accounts.when_i("device_said_lost", user_id, since=at - SAID_FOR, actor=actor)
    if lost_at is None:
        return None
    use = accounts.last_use_before(user_id, lost_at=lost_at, actor=actor, at=at)
    may_count = actor.has(Role.PRIVACY_OFFICER)
    owner = accounts.names_of({user_id}).get(user_id, "")
    return Exposed(use, _opened(user_id, use) if may_count else 0, owner, may_count)


def _opened(user_id: UUID, use: accounts.LastUse | None) -> int:
    """How many files were opened in that session; the database counts, and says no more."""
    if use is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.opened_meanwhile(%s, %s, %s)",
            [user_id, use.started_at, use.shows_nothing_from],
        )
        return int(cursor.fetchone()[0])
