"""How does a follow-up stand, and what was said of its end?"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from spheres.core import context, states
from spheres.core.actor import Actor
from spheres.followup.passages import policy
from spheres.followup.passages.models import Letter, WordsForTheEnd
from spheres.participants import queries as participants
from spheres.participants.models import FollowUpStatus
from spheres.records.between import places
from spheres.sharing.queries import JOINED_AWAY

ASKED_ALREADY: Final = "fits"
ASKED: Final = f"""
select json_build_object('file_id', t.file_id) from passages_fit t
where t.written_at > %(at)s - interval '{policy.ASK_EVERY.days} days'"""  # noqa: S608 -- ours


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
    before, told_after = at - policy.ASK_EVERY, at - policy.TOLD_FOR
    rows = places.rows_of_day(ASKED_ALREADY, actor=actor, at=at)
    asked = {UUID(row["file_id"]) for row in rows}
    found = [
        (one.status_at, one.identity.file_id, one.status)
        for one in participants.mine(actor=actor, without=JOINED_AWAY)
        if one.status_at
        and (
            one.status_at > told_after
            if one.status == policy.Status.DIED
            else one.status in policy.GOES_ON
            and one.status_at <= before
            and one.identity.file_id not in asked
        )
    ]
    return [(file_id, status) for _at, file_id, status in sorted(found)]
