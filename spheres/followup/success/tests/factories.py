"""A dull one: what the contract suite writes, corrects and types when any would do."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.success import actions
from spheres.followup.success.models import Choice

HER_WORDS = "Dormir sans garder mes souliers."
OBSERVATION = "Elle a choisi vite, puis a ri."
SUPPORT = "Relire ensemble dans un mois."


def written(record_id: UUID, at: datetime, **said: Any) -> actions.Written:
    """What a form would say."""
    texts = {"her_words": HER_WORDS, "observation": OBSERVATION, "support": SUPPORT}
    answers = {"statements": ["my_place", "i_choose"]}
    return actions.Written(id=record_id, occurred_at=at, **(answers | texts | said))


def write(file_id: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Sign one."""
    return actions.sign(file_id, written(record_id, at), by=by, at=at)


def correct(corrected: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Follow one by its correction."""
    file_id = Choice.objects.get(pk=corrected).file_id
    return actions.correct(file_id, corrected, written(record_id, at), by=by, at=at)


def typed(at: datetime) -> dict[str, Any]:
    """What the writing page sends, besides its own number."""
    return {
        "statements": ["my_place", "i_choose"],
        "day": f"{at:%Y-%m-%d}",
        "pen": "TOGETHER",
        "her_words": HER_WORDS,
        "observation": OBSERVATION,
        "support": SUPPORT,
    }
