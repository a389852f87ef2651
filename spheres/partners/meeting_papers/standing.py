"""What do papers put on the page of a meeting? For whoever sits there, how many, and the way."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from spheres.core.actor import Actor
from spheres.partners.meeting_papers import queries
from spheres.records.between.places import Block

MEETING: Final = "committee_meeting"


def on_page(meeting_id: UUID, *, actor: Actor) -> Block:
    number = queries.number_of(meeting_id, actor=actor)
    return Block("meeting_papers/block.html", {"number": number, "meeting_id": meeting_id})
