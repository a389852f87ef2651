"""What keeps that access was looked at?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.privacy.access_reviews import policy, queries
from spheres.privacy.access_reviews.models import AccessReview


@transaction.atomic
def review(
    review_id: UUID, *, accounts: str, roles: str, journal: str, by: Actor, at: datetime
) -> bool:
    """Say that it was looked at, and whether something had to change; sent twice, said once."""
    policy.can_review(by).or_raise()
    made = AccessReview(
        id=review_id,
        organisation_id=by.organisation_id,
        people=len(queries.people(actor=by, at=at)),
        accounts=accounts,
        roles=roles,
        journal=journal,
        reviewed_by=by.user_id,
        reviewed_at=at,
    )
    if not create_once(made):
        return False
    audit.record("access.reviewed", by=by, records=[review_id])
    return True
