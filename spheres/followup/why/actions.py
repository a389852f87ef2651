"""What is done with a question about a page that does not open: asked, then seen to?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.followup.why import policy
from spheres.followup.why.models import Asking
from spheres.vault import actions as vault


@transaction.atomic
def ask(asking_id: UUID, page: str, words: str, *, by: Actor, at: datetime) -> None:
    """Leave it at the desk: told to nobody else, by no message. Sent twice, it is asked once."""
    policy.can_ask(by).or_raise()
    row = Asking(id=asking_id, asked_by=by.user_id, asked_at=at, page=page)
    vault.lock(row, words=words)
    if create_once(row):
        audit.record("why.asked", by=by, records=[asking_id], digest=vault.digest(row))


@transaction.atomic
def see_to(asking_id: UUID, *, by: Actor, at: datetime) -> None:
    """It is seen to: the words are gone, the journal keeps that it was asked, and when."""
    policy.can_see_to(by).or_raise()
    gone, _tables = Asking.objects.filter(pk=asking_id).delete()
    if gone:
        audit.record("why.seen_to", by=by, records=[asking_id])
