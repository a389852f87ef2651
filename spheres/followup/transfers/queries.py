"""In whose file may a parcel go?"""

from __future__ import annotations

from uuid import UUID

from spheres.core.actor import Actor
from spheres.participants import queries as participants
from spheres.vault import actions as vault


def my_people(*, actor: Actor) -> dict[UUID, str]:
    """The chosen names of everyone this actor accompanies, by file: all of them, so that the event
    of the list does not say whom it was for."""
    identities = [one.identity for one in participants.all_mine(actor=actor)]
    vault.open(identities, by=actor, action="list", only=("chosen_name",))
    return {identity.file_id: identity.opened.chosen_name for identity in identities}
