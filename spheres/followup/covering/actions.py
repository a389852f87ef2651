"""What can be done about being away? Said before, ended early."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import WrongState
from spheres.core.once import create_once
from spheres.followup.covering import policy, queries
from spheres.followup.covering.models import NoNeed
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover


@dataclass(frozen=True)
class Away:
    """From when until when, and who answers meanwhile."""

    id: UUID
    user_id: UUID
    starts_at: datetime
    ends_at: datetime
    elsewhere_id: UUID | None = None  # in the name of which partner, when it is not a colleague


@transaction.atomic
def be_away(away: Away, *, by: Actor, at: datetime) -> None:
    """Say who answers for oneself. Raises `sharing.Overlaps` when somebody else already does."""
    policy.can_be_away(by).or_raise()
    sharing.cover(
        away.id,
        kind=Cover.Kind.STAND_IN,
        for_user_id=by.user_id,
        user_id=away.user_id,
        elsewhere_id=away.elsewhere_id,
        starts_at=away.starts_at,
        ends_at=away.ends_at,
        by=by,
        at=at,
    )


@transaction.atomic
def put_on_call(away: Away, *, for_users: Iterable[UUID], by: Actor, at: datetime) -> None:
    """Say who is on call for these colleagues; all of them, or none when one has somebody else."""
    policy.can_keep_rota(by).or_raise()
    for user_id in sorted(set(for_users) - {away.user_id}):
        sharing.cover(
            uuid5(away.id, str(user_id)),
            kind=Cover.Kind.ON_CALL,
            for_user_id=user_id,
            user_id=away.user_id,
            elsewhere_id=away.elsewhere_id,
            starts_at=away.starts_at,
            ends_at=away.ends_at,
            by=by,
            at=at,
        )


@transaction.atomic
def say_no_need(file_id: UUID, cover: Cover, *, by: Actor, at: datetime) -> None:
    """Asked, she needs nobody to answer during this absence; said twice, it stands once."""
    policy.can_ask(by, cover).or_raise()
    row = NoNeed(
        id=uuid5(cover.pk, str(file_id)),
        file_id=file_id,
        cover_id=cover.pk,
        written_by=by.user_id,
        written_at=at,
    )
    if create_once(row):
        audit.record("absence.no_need", by=by, file_id=file_id, records=[row.pk])


@transaction.atomic(savepoint=False)
def end(cover_id: UUID, *, by: Actor, at: datetime) -> None:
    """Back earlier: whoever answered no longer does, at the next statement."""
    cover = queries.cover(cover_id, actor=by)
    if cover is None:
        raise WrongState
    policy.can_end(by, cover).or_raise()
    sharing.end_cover(cover, by=by, at=at)
