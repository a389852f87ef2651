"""What lets somebody read a file for a while, or answer for a colleague?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.sharing.actions.asking import ask
from spheres.sharing.models import Cover, HandedOver
from spheres.sharing.rules import RELATION

ONE_AT_A_TIME = "sharing_cover_one_at_a_time"


class Overlaps(Exception):
    """Somebody already answers for this colleague then: two would each rely on the other."""

    def __init__(self, for_user_id: UUID) -> None:
        super().__init__("somebody already answers")
        self.for_user_id = for_user_id


def cover(
    cover_id: UUID,
    *,
    kind: Cover.Kind,
    for_user_id: UUID,
    user_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    at: datetime,
    elsewhere_id: UUID | None = None,
) -> None:
    """Say that somebody answers for a colleague, here or in the name of another organisation; said
    twice, it stands once. Raises Overlaps."""
    made = Cover(
        id=cover_id,
        kind=kind,
        organisation_id=by.organisation_id,
        elsewhere_id=elsewhere_id,
        for_user_id=for_user_id,
        user_id=user_id,
        named_by=by.user_id,
        named_at=at,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    try:
        with transaction.atomic():
            is_new = create_once(made)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") == ONE_AT_A_TIME:
            raise Overlaps(for_user_id) from error
        raise
    if is_new:
        audit.record("cover.named", by=by, records=[cover_id])


def end_cover(cover: Cover, *, by: Actor, at: datetime) -> None:
    """Whoever answered no longer does, from now; one that was still to come never begins."""
    ends_at = max(at, cover.starts_at)
    if Cover.objects.filter(pk=cover.pk, ends_at__gt=ends_at).update(ends_at=ends_at):
        audit.record("cover.ended", by=by, records=[cover.pk])


def end_covers_of_the_gone(
    for_user_id: UUID, *, here: QuerySet[Any, UUID], by: Actor, at: datetime
) -> None:
    """Of those who answer for a colleague, whoever is here no longer ends: another may be named."""
    standing = Cover.objects.filter(
        for_user_id=for_user_id, organisation_id=by.organisation_id, kind=Cover.Kind.STAND_IN
    )
    for cover in standing.filter(starts_at__lte=at, ends_at__gt=at).exclude(user_id__in=here):
        end_cover(cover, by=by, at=at)


def hand_over(
    handed_id: UUID,
    *,
    file_id: UUID,
    user_id: UUID,
    faces: Collection[str],
    by: Actor,
    at: datetime,
) -> bool:
    """Let a colleague read, until they have met, the faces that the person lets pass.

    Who walks with her always passes. Said twice, it stands once; False the second time.
    """
    row = HandedOver(
        id=handed_id,
        file_id=file_id,
        user_id=user_id,
        faces=sorted({RELATION, *faces}),
        starts_at=at,
    )
    is_new = create_once(row)
    if is_new:
        audit.record(
            "hand_over.prepared",
            by=by,
            file_id=file_id,
            sections=sorted(faces),
            records=[handed_id],
        )
    return is_new


def end_hand_overs(file_id: UUID, *, at: datetime) -> int:
    """What was let pass of this file no longer passes, from now; returns how many ended."""
    return HandedOver.objects.filter(file_id=file_id, ends_at=None).update(ends_at=at)


def open_exceptionally(
    access_id: UUID, file_id: UUID, *, ground: str, second: UUID | None = None, by: Actor
) -> str:
    """Open for an hour what may protect somebody whose life may be in danger; one word says what
    became of it (`protecting.py`). The database alone does it, and tells her journal."""
    context.require(by)
    return str(ask("open_exceptionally", file_id, access_id, ground, second))


def close_exceptionally(access_id: UUID, *, by: Actor) -> bool:
    """Whoever opened it is done, sooner than the hour."""
    context.require(by)
    return bool(ask("close_exceptionally", access_id))


def extend_exceptionally(access_id: UUID, *, by: Actor) -> bool:
    """A second person lets it go on for an hour more, once, before its end; pressed twice, once.
    False when it is over, was extended by somebody else, or is not theirs to extend."""
    context.require(by)
    return bool(ask("extend_exceptionally", access_id))


def review_exceptionally(access_id: UUID, *, outcome: str, by: Actor) -> bool:
    """Another person says once what it was; False when it was said, or is not theirs to say."""
    context.require(by)
    return bool(ask("review_exceptionally", access_id, outcome))
