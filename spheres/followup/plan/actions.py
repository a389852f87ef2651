"""What can be done with her plan as a whole? Copy what she agreed to; each tool writes its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.followup.plan import policy
from spheres.followup.plan.models import PlanHandOver
from spheres.records import queries as kept
from spheres.records.policy import Official


@dataclass(frozen=True)
class HandedOver:
    """One copy: its row, where it goes, who made it."""

    copy: PlanHandOver
    official: Official
    author: str


@transaction.atomic(savepoint=False)
def hand_over(
    file_id: UUID, copy_id: UUID, shape: str, sections: Collection[str], *, by: Actor, at: datetime
) -> HandedOver:
    """Say that what she agreed to of her plan leaves for the official file, once for each press.

    A plan has several authors; whoever walks with her copies it, because she agrees that day
    (ADR plan copy). Told in her journal, with the shape and the sections whose words left.
    """
    official = kept.official(file_id, actor=by)
    policy.can_hand_over(by, official).or_raise()
    assert official is not None  # said by the policy
    copy = PlanHandOver(
        id=copy_id,
        file_id=file_id,
        system=official.system,
        shape=shape,
        handed_by=by.user_id,
        handed_at=at,
    )
    if create_once(copy):
        audit.record(
            "plan.handed_over",
            by=by,
            file_id=file_id,
            sections=sections,
            records=[copy_id],
            basis=shape,
        )
    return HandedOver(copy, official, kept.name_of(by.user_id, actor=by))
