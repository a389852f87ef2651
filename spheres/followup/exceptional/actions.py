"""What opens for an hour what may protect somebody, extends it, ends it, and looks at it again?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.exceptional import policy
from spheres.followup.exceptional.models import Extension, Reason
from spheres.sharing import actions as sharing
from spheres.sharing.models import ExceptionalAccess
from spheres.sharing.protecting import OPENED
from spheres.vault import actions as vault


@transaction.atomic
def open_it(
    access_id: UUID,
    file_id: UUID,
    *,
    ground: str,
    reason: str,
    second: UUID | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """Open it for an hour; one word says what became of it. Sent twice, it is opened once.

    Nothing is kept of a reason when nothing was opened.
    """
    policy.can_open(by).or_raise()
    became = sharing.open_exceptionally(access_id, file_id, ground=ground, second=second, by=by)
    if became == OPENED:
        row = Reason(id=access_id, user_id=by.user_id, written_at=at)
        vault.lock(row, text=reason)
        create_once(row)
    return became


@transaction.atomic
def close(access_id: UUID, *, by: Actor) -> None:
    """Done, sooner than the hour; pressed twice, it is closed once."""
    policy.can_open(by).or_raise()
    sharing.close_exceptionally(access_id, by=by)


@transaction.atomic
def extend(access: ExceptionalAccess, reason: str, *, by: Actor, at: datetime) -> None:
    """A second person lets it go on for an hour more, and says why. Pressed twice, it is once."""
    if access.extended_by == by.user_id:
        return
    policy.can_extend(by, access, at=at).or_raise()
    if not sharing.extend_exceptionally(access.pk, by=by):
        raise WrongState(policy.OVER)
    row = Extension(id=access.pk, user_id=by.user_id, written_at=at)
    vault.lock(row, text=reason)
    create_once(row)


@transaction.atomic
def review(access_id: UUID, outcome: str, *, by: Actor) -> None:
    """Say once what it was. WrongState when somebody has said it just before."""
    policy.can_review(by).or_raise()
    if not sharing.review_exceptionally(access_id, outcome=outcome, by=by):
        raise WrongState(policy.SAID)
