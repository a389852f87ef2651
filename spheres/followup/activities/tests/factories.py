"""A dull one: what the contract suite writes, corrects and types when any would do."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.activities import actions
from spheres.followup.activities.models import Participation

HER_WORDS = "Je veux voir si je suis capable de monter."
OBSERVATION = "Elle a choisi le mur du fond, loin du bruit."
SUPPORT = "Y retourner un matin, quand c’est calme."


def written(record_id: UUID, at: datetime) -> actions.Written:
    """What a form would say."""
    return actions.Written(
        id=record_id,
        idea="sport_climbing",
        held_on=clock.day_of(at),
        occurred_at=at,
        her_words=HER_WORDS,
        observation=OBSERVATION,
        support=SUPPORT,
    )


def write(file_id: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Write one."""
    return actions.sign(file_id, written(record_id, at), by=by, at=at)


def correct(corrected: UUID, record_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Follow one by its correction."""
    file_id = Participation.objects.get(pk=corrected).file_id
    return actions.correct(file_id, corrected, written(record_id, at), by=by, at=at)


def typed(at: datetime) -> dict[str, str]:
    """What the writing page sends, besides its own number."""
    return {
        "idea": "sport_climbing",
        "held_on": at.date().isoformat(),
        "pen": "TOGETHER",
        "her_words": HER_WORDS,
        "observation": OBSERVATION,
        "support": SUPPORT,
    }
