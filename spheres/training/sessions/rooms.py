"""Which code is shown in the room, and is this the one? Six figures, of one session alone."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Final
from uuid import UUID

from spheres.accounts import limits
from spheres.training.sessions.models import TrainingSession
from spheres.vault import actions as vault

FIGURES: Final = 6
# Wrong codes: of one person or one network, and of everybody together for one session, so that no
# code is found by trying. A right one is given back: a whole room may share one network.
limits.add(
    room_code=limits.Limit(10, within=timedelta(hours=1)),
    room_code_all=limits.Limit(200, within=timedelta(hours=3)),
)


def code_of(training_id: UUID) -> str:
    """The same as long as the session lasts; nobody makes it without the key file."""
    digest = vault.keyed_digest("training room", str(training_id))
    return str(int.from_bytes(digest[:8]) % 10**FIGURES).zfill(FIGURES)


def is_code(of: TrainingSession, said: str) -> bool:
    figures = "".join(one for one in said if one.isdigit())
    return hmac.compare_digest(code_of(of.pk), figures)
