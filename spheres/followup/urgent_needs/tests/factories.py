"""A dull one: what the contract suite writes, corrects and types when any would do."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.urgent_needs import actions, queries
from spheres.followup.urgent_needs.models import UrgentNeed

HER_WORDS = "J’ai mis la musique fort et j’ai dansé."
OBSERVATION = "Elle parle de son chat et rit deux fois."
SUPPORT = "Chercher ensemble un cours de danse."


def written(record_id: UUID, at: datetime) -> actions.Written:
    """What a form would say."""
    return actions.Written(
        id=record_id,
        need="food",
        occurred_at=at,
        her_words=HER_WORDS,
        observation=OBSERVATION,
        support=SUPPORT,
    )


def write(file_id: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Sign one."""
    return actions.sign(file_id, written(record_id, at), by=by, at=at)


def correct(corrected: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Follow one by its correction."""
    file_id = UrgentNeed.objects.get(pk=corrected).file_id
    assert queries.of_file(file_id, actor=by).exists()
    return actions.correct(file_id, corrected, written(record_id, at), by=by, at=at)


def typed(at: datetime) -> dict[str, str]:
    """What the writing page sends, besides its own number."""
    return {
        "need": "food",
        "her_words": HER_WORDS,
        "observation": OBSERVATION,
        "support": SUPPORT,
    }
