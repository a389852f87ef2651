"""A dull one: what the contract suite writes, corrects and types when any would do."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.accompaniments import actions
from spheres.followup.accompaniments.models import Accompaniment

HER_WORDS = "Je veux ma carte à moi."
OBSERVATION = "Elle a gardé son acte de naissance dans un sac propre."
SUPPORT = "Y aller un mardi, quand il y a moins de monde."


def written(record_id: UUID, at: datetime) -> actions.Written:
    """What a form would say."""
    return actions.Written(
        id=record_id,
        kind="papers",
        occurred_at=at,
        her_words=HER_WORDS,
        observation=OBSERVATION,
        support=SUPPORT,
    )


def write(file_id: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Begin one."""
    return actions.sign(file_id, written(record_id, at), by=by, at=at)


def correct(corrected: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Follow one by its correction."""
    file_id = Accompaniment.objects.get(pk=corrected).file_id
    return actions.correct(file_id, corrected, written(record_id, at), by=by, at=at)


def typed(at: datetime) -> dict[str, str]:
    """What the writing page sends, besides its own number."""
    return {
        "kind": "papers",
        "day": at.date().isoformat(),
        "pen": "TOGETHER",
        "her_words": HER_WORDS,
        "observation": OBSERVATION,
        "support": SUPPORT,
    }
