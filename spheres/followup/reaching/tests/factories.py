"""What was agreed with Maya, in our tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from spheres.followup.reaching import actions, queries
from spheres.followup.reaching.actions import Said
from spheres.participants.queries import Header, header_of, known
from spheres.vault import actions as vault
from tests.cast import Cast, acting, uuid_of

# A Friday, when Maya may be reached; in winter, five hours from universal time.
IN_HER_HOURS = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)
OUTSIDE = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
AGREED: dict[str, Any] = {
    "channel": "text",
    "window": "12345 16:30-18:00",
    "hours": "après l’école",
    "lines": ("coffee", "no_rush"),
    "words": "C’est pour le devoir de maths",
    "sender": "Café",
    "never": "Jamais d’appel.",
    "confirmed_on": date(2026, 3, 6),
}


def agree(cast: Cast, which: str = "agreed", at: datetime = IN_HER_HOURS, **changes: Any) -> UUID:
    """Inès and Maya write it together; returns the row's identifier."""
    said = Said(id=uuid_of(which), **(AGREED | changes))
    with acting(cast.ines, at):
        stands = queries.newest(cast.maya.file_id, actor=cast.ines)
        after = stands.id if stands else None
        actions.write(cast.maya.file_id, said, after=after, by=cast.ines, at=at)
    return said.id


def header(cast: Cast) -> Header:
    """As Inès opens it; inside her context."""
    found = known(cast.maya.file_id, actor=cast.ines)
    assert found is not None
    vault.open(found.rows, by=cast.ines)
    return header_of(found)
