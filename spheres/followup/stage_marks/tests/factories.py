"""A dull one: what the contract suite writes, corrects and types when any would do."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.stage_marks import actions
from spheres.followup.stage_marks.models import StageMark

HER_WORDS = "J’ai mis la musique fort et j’ai dansé."
OBSERVATION = "Elle parle de son chat et rit deux fois."
SUPPORT = "Chercher ensemble un cours de danse."


def written(record_id: UUID, at: datetime, **said: str) -> actions.Written:
    """What a form would say."""
    answers = {"topic": "housing", "sentences": "stages", "stage": "contemplation"}
    texts = {"her_words": HER_WORDS, "observation": OBSERVATION, "support": SUPPORT}
    return actions.Written(id=record_id, occurred_at=at, **(answers | texts | said))


def write(file_id: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Sign one."""
    return actions.sign(file_id, written(record_id, at), by=by, at=at)


def correct(corrected: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Follow one by its correction."""
    file_id = StageMark.objects.get(pk=corrected).file_id
    return actions.correct(file_id, corrected, written(record_id, at), by=by, at=at)


def typed(at: datetime) -> dict[str, str]:
    """What the writing page sends, besides its own number."""
    return {
        "topic": "housing",
        "sentences": "stages",
        "stage": "contemplation",
        "day": f"{at:%Y-%m-%d}",
        "pen": "TOGETHER",
        "her_words": HER_WORDS,
        "observation": OBSERVATION,
        "support": SUPPORT,
    }
