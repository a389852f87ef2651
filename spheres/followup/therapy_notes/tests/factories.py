"""A dull psychotherapy note: what the suites write, correct and type when any would do."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from spheres.core.actor import Actor
from spheres.followup.therapy_notes import actions
from spheres.followup.therapy_notes.models import TherapyNote

HER_WORDS = "J’ai rêvé d’une maison sans porte."
OBSERVATION = "Elle parle plus bas, puis rit d’elle-même."
SUPPORT = "Reprendre là où le rêve s’est arrêté."


def written(record_id: UUID, at: datetime, *, shows_day: bool = False) -> actions.Written:
    """What a form would say."""
    return actions.Written(record_id, at, HER_WORDS, OBSERVATION, SUPPORT, shows_day)


def write(
    file_id: UUID, record_id: UUID, *, by: Actor, at: datetime, shows_day: bool = False
) -> UUID:
    """Sign one."""
    return actions.sign(file_id, written(record_id, at, shows_day=shows_day), by=by, at=at)


def correct(
    corrected: UUID, record_id: UUID, *, by: Actor, at: datetime, shows_day: bool = False
) -> UUID:
    """Follow one by another."""
    file_id = TherapyNote.objects.get(pk=corrected).file_id
    said = written(record_id, at, shows_day=shows_day)
    return actions.correct(file_id, corrected, said, by=by, at=at)


def typed(at: datetime) -> dict[str, str]:
    """What the writing page sends, besides its own number."""
    return {
        "day": f"{at:%Y-%m-%d}",
        "her_words": HER_WORDS,
        "observation": OBSERVATION,
        "support": SUPPORT,
    }
