"""A dull one: what the contract suite writes, corrects and types when any would do."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.safety_net import actions, queries
from spheres.followup.safety_net.models import Part, Sheet

HER_WORDS = "J’ai mis la musique fort et j’ai dansé."
OBSERVATION = "Elle parle de son chat et rit deux fois."
SUPPORT = "Chercher ensemble un cours de danse."
KNOTS = [
    {"kind": "people", "who": "Karine", "reach": "par texto", "circle": 1},
    {"kind": "places", "who": "La halte", "reach": "jusqu’à minuit", "circle": 2},
    {"kind": "numbers", "who": "Tel-jeunes", "reach": "1 800 263-2266", "circle": 3},
]


def written(record_id: UUID, at: datetime, on: int = 0, **said: Any) -> actions.Written:
    """What a form would say."""
    texts = {"her_words": HER_WORDS, "observation": OBSERVATION, "support": SUPPORT}
    answers = {"knots": KNOTS, "sign": "On mange des sushis?"}
    return actions.Written(
        **{"id": record_id, "on": on, "occurred_at": at, "answers": answers, **texts, **said}
    )


def write(file_id: UUID, record_id: UUID, *, by: Actor, at: datetime, **said: Any) -> UUID:
    """Keep one version, after the one that stands."""
    on = queries.number_of(file_id, said.get("part", Part.NET), actor=by)
    return actions.sign(file_id, written(record_id, at, on, **said), by=by, at=at)


def correct(corrected: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Follow one by its correction."""
    sheet = Sheet.objects.get(pk=corrected)
    said = written(record_id, at, sheet.number)
    return actions.correct(sheet.file_id, corrected, said, by=by, at=at)


def typed(at: datetime) -> dict[str, str]:
    """What the writing page sends, besides its own number."""
    return {
        "part": "NET",
        "on": "0",
        "day": at.date().isoformat(),
        "people_0": "Karine",
        "people_0_circle": "1",
        "her_words": HER_WORDS,
        "observation": OBSERVATION,
        "support": SUPPORT,
    }
