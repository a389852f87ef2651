"""What can be done? Say, for one’s own organisation, where it stands this year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.partners.self_assessment import policy, queries
from spheres.partners.self_assessment.models import Assessment, StatementSet, Step
from spheres.vault import actions as vault


@transaction.atomic
def assess(
    assessment_id: UUID,
    asks: StatementSet,
    *,
    steps: Mapping[str, int],
    will_do: str,
    by: Actor,
    at: datetime,
) -> None:
    """Where our organisation stands, and what it will do. Said again within the year, the newest
    stands; sent twice, it is one."""
    ours = queries.partner(actor=by)
    policy.can_assess(by, ours).or_raise()
    assert ours is not None
    row = Assessment(
        id=assessment_id,
        organisation_id=by.organisation_id,
        partner_id=ours.pk,
        asks=asks,
        year=queries.year_of(at),
        steps=[steps.get(one.code, Step.SKIPPED) for one in asks.statements],
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, will_do=will_do)
    if create_once(row):
        audit.record("self_assessment.said", by=by, records=[assessment_id])
