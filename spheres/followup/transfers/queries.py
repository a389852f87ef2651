"""In whose file may a parcel go?"""

from __future__ import annotations

from uuid import UUID

from spheres.core.actor import Actor
from spheres.participants import queries as participants
from spheres.vault import actions as vault


def my_people(*, actor: Actor) -> dict[UUID, str]:
    """The chosen names of those this actor accompanies, by file: everybody’s is opened, so that the
    event of the list does not say whom it was for; whoever left or closed is not proposed."""
    mine = participants.all_mine(actor=actor)
    vault.open([one.identity for one in mine], by=actor, action="list", only=("chosen_name",))
    return {
        one.identity.file_id: one.identity.opened.chosen_name
        for one in mine
        if one.status not in participants.OVER
    }
