"""How does a follow-up stand, and what was said of its end?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.passages import policy
from spheres.followup.passages.models import Fit, Letter, WordsForTheEnd
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.sharing.models import Joined


def standing(file_id: UUID, *, actor: Actor) -> QuerySet[FollowUpStatus]:
    """How the episodes of one file stand, the newest first."""
    context.require(actor)
    return FollowUpStatus.objects.filter(file_id=file_id).order_by(
        "-follow_up__opened_at", "follow_up_id"
    )


def lock(file_id: UUID, *, actor: Actor) -> FollowUpStatus:
    """The newest episode's row, held until the transaction ends. WrongState when out of reach."""
    return states.lock(standing(file_id, actor=actor))


def words_for_the_end(file_id: UUID, *, actor: Actor) -> QuerySet[WordsForTheEnd]:
    """Her words for the end, the newest first, still locked."""
    context.require(actor)
    return WordsForTheEnd.objects.filter(file_id=file_id).order_by("-written_at", "pk")


def letters(file_id: UUID, *, actor: Actor) -> QuerySet[Letter]:
    """The letters of one file, the newest first, still locked."""
    context.require(actor)
    return Letter.objects.filter(file_id=file_id).order_by("-written_at", "pk")


def to_ask(*, at: datetime, actor: Actor) -> list[tuple[UUID, str]]:
    """My files of which my day speaks, and how each stands: somebody who has just died; a follow-up
    that goes on, moved and was asked about long ago, the oldest first. Of two files that are both
    hers, it is asked in the one that is kept."""
    context.require(actor)
    before = at - policy.ASK_EVERY
    asked = Fit.objects.filter(file_id=OuterRef("file_id"), written_at__gt=before)
    kept_elsewhere = Joined.objects.filter(joined_id=OuterRef("file_id"), ends_at=None)
    newer = FollowUpStatus.objects.filter(
        file_id=OuterRef("file_id"), follow_up__opened_at__gt=OuterRef("follow_up__opened_at")
    )
    return list(
        FollowUpStatus.objects.filter(
            Q(status__in=policy.GOES_ON, status_at__lte=before)
            & ~Exists(asked)
            & ~Exists(kept_elsewhere)
            | Q(status=policy.Status.DIED, status_at__gt=at - policy.TOLD_FOR)
        )
        .filter(~Exists(newer), file_id__in=participants.walked_with(actor=actor, at=at))
        .order_by("status_at", "pk")
        .values_list("file_id", "status")
    )
