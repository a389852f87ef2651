"""A dull one: what the contract suite writes, corrects and types when any would do."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.strengths import actions
from spheres.followup.strengths.models import Strength

HER_WORDS = "J’ai tenu, même le lundi."
OBSERVATION = "Elle a recommencé trois fois, calmement."
SUPPORT = "Lui redire, un jour plus lourd, ce qu’elle a dit là."


def written(record_id: UUID, at: datetime, **said: Any) -> actions.Written:
    """What a form would say."""
    answers: dict[str, Any] = {"kind": "STRENGTH", "line": "Je suis patiente avec les petits."}
    texts = {"her_words": HER_WORDS, "observation": OBSERVATION, "support": SUPPORT}
    return actions.Written(id=record_id, occurred_at=at, **(answers | texts | said))


def write(file_id: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Sign one."""
    return actions.sign(file_id, written(record_id, at), by=by, at=at)


def correct(corrected: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Follow one by its correction."""
    file_id = Strength.objects.get(pk=corrected).file_id
    return actions.correct(file_id, corrected, written(record_id, at), by=by, at=at)


def typed(at: datetime) -> dict[str, str]:
    """What the writing page sends, besides its own number."""
    return {
        "kind": "STRENGTH",
        "line": "Je suis patiente avec les petits.",
        "voice": "HERS",
        "day": f"{at:%Y-%m-%d}",
        "pen": "TOGETHER",
        "her_words": HER_WORDS,
        "observation": OBSERVATION,
        "support": SUPPORT,
    }
