"""What says that somebody was trained? By hand, or of what the programme attested."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from spheres.accounts import policy, queries
from spheres.accounts.models import TrainingDay
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once


def say_trained(
    training_id: UUID,
    *,
    user_id: UUID,
    trained_on: date | None,
    source: str,
    by: Actor,
    at: datetime,
) -> bool:
    """On which day somebody was trained; without a day, that none stands. Said twice, once.

    What is said last stands: a mistake is mended by saying it again, and no row changes.
    """
    follows = queries.works_in_the_whole(user_id, actor=by, at=at)
    policy.can_say_trained(by, user_id, follows).or_raise()
    row = TrainingDay(
        id=training_id,
        organisation_id=queries.body_of(by),
        user_id=user_id,
        trained_on=trained_on,
        source=source,
        said_by=by.user_id,
        said_at=at,
    )
    if not create_once(row):
        return False
    audit.record("training.said", by=by, records=[training_id, user_id], basis=source)
    return True
