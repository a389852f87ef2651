"""What can be done with the directory? Say that something is no longer right, and see to it.

Nothing of a resource is changed here: the region's files say what it is.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.directory import policy, queries
from spheres.directory.models import Remark


@transaction.atomic(savepoint=False)
def tell(resource_id: UUID, what: str, *, remark_id: UUID, by: Actor, at: datetime) -> None:
    """«This is no longer right»: the coordination sees it. Sent twice, it is told once."""
    policy.can_tell(by).or_raise()
    remark = Remark(
        id=remark_id, resource_id=resource_id, what=what, told_by=by.user_id, told_at=at
    )
    if create_once(remark):
        audit.record("resource.remarked", by=by, records=[remark_id, resource_id])


@transaction.atomic(savepoint=False)
def settle(remark_id: UUID, *, by: Actor, at: datetime) -> None:
    """The file was mended, or the resource asked: the remark is put away. Twice is once."""
    policy.can_keep(by).or_raise()
    remark = queries.lock_remark(remark_id, actor=by)
    if remark is None or remark.settled_at is not None:
        return
    remark.settled_by, remark.settled_at = by.user_id, at
    Remark.objects.bulk_update([remark], ["settled_by", "settled_at"])
    audit.record("resource.settled", by=by, records=[remark_id, remark.resource_id])
