"""What can be done with a follow-up? One step at a time, without a reason to give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.passages import policy, queries
from spheres.followup.passages.models import Fit, Letter, WordsForTheEnd
from spheres.participants.models import FollowUp, FollowUpStatus, Kept
from spheres.sharing import queries as sharing
from spheres.vault import actions as vault

Status = FollowUpStatus.Status
SECTION: Final = "summary"
TOLD: Final = {
    Status.ACTIVE: "follow_up.goes_on",
    Status.PAUSED: "follow_up.paused",
    Status.LEFT: "follow_up.left",
    Status.TRANSITION: "follow_up.towards_adulthood",
    Status.DIED: "follow_up.death_noted",
}


@dataclass(frozen=True)
class Farewell:
    """What the closing page says: a letter to her, and her own words if she has some."""

    id: UUID
    letter: str
    her_words: str = ""


@transaction.atomic
def pass_to(file_id: UUID, to: str, *, by: Actor, at: datetime) -> None:
    """Pause, leave, go on, towards adulthood. Asked twice, it is done once."""
    standing = queries.lock(file_id, actor=by)
    if standing.status == to:
        return
    keeps = sharing.keeps(file_id, actor=by)
    policy.can_pass(by, standing.status, to, keeps=keeps).or_raise()
    move(standing, to, by=by, at=at)
    audit.record(
        TOLD[Status(to)], by=by, file_id=file_id, sections=[SECTION], records=[standing.pk]
    )


@transaction.atomic
def come_back(file_id: UUID, *, by: Actor, at: datetime) -> FollowUp | None:
    """Another episode, without intake: she is welcomed as she comes. None when she is back already.

    What was written before stays where it is; it is read again when she asks for it.
    """
    standing = queries.lock(file_id, actor=by)
    if standing.status == Status.RETURNED:
        return None
    policy.can_come_back(by, standing.status, keeps=sharing.keeps(file_id, actor=by)).or_raise()
    follow_up = FollowUp(id=uuid4(), file_id=file_id, opened_at=at, opened_by=by.user_id)
    FollowUp.objects.bulk_create([follow_up])
    FollowUpStatus.objects.bulk_create(
        [
            FollowUpStatus(
                follow_up=follow_up,
                file_id=file_id,
                status=Status.RETURNED,
                status_by=by.user_id,
                status_at=at,
            )
        ]
    )
    audit.record(
        "follow_up.returned", by=by, file_id=file_id, sections=[SECTION], records=[follow_up.pk]
    )
    return follow_up


@transaction.atomic(savepoint=False)
def close(file_id: UUID, farewell: Farewell, *, by: Actor, at: datetime) -> UUID:
    """Close together: a letter to her, her words, the door open. Sent twice, it is one letter."""
    standing = queries.lock(file_id, actor=by)
    if queries.letters(file_id, actor=by).filter(pk=farewell.id).exists():
        return farewell.id
    policy.can_close(by, standing.status, keeps=sharing.keeps(file_id, actor=by)).or_raise()
    letter = Letter(id=farewell.id, **_kept(file_id, by=by, at=at))
    vault.lock(letter, letter=farewell.letter, her_words=farewell.her_words)
    create_once(letter)
    move(standing, Status.ENDED, by=by, at=at)
    _tell("follow_up.closed", letter, by=by)
    return farewell.id


@transaction.atomic(savepoint=False)
def keep_words(file_id: UUID, row_id: UUID, words: str, *, by: Actor, at: datetime) -> None:
    """Her words for the end; those before stay readable, the newest stands."""
    policy.can_walk_with_her(by, keeps=sharing.keeps(file_id, actor=by)).or_raise()
    row = WordsForTheEnd(id=row_id, **_kept(file_id, by=by, at=at))
    vault.lock(row, words=words)
    if create_once(row):
        _tell("follow_up.words_kept", row, by=by)


@transaction.atomic(savepoint=False)
def answer_fit(
    file_id: UUID, row_id: UUID, answer: str, her_words: str, *, by: Actor, at: datetime
) -> None:
    """Whether it still fits, in her words. Nothing follows by itself."""
    policy.can_walk_with_her(by, keeps=sharing.keeps(file_id, actor=by)).or_raise()
    row = Fit(id=row_id, answer=answer, **_kept(file_id, by=by, at=at))
    vault.lock(row, her_words=her_words)
    if create_once(row):
        _tell("follow_up.fit_asked", row, by=by)


def _kept(file_id: UUID, *, by: Actor, at: datetime) -> dict[str, object]:
    return {"file_id": file_id, "written_by": by.user_id, "written_at": at}


def _tell(what: str, row: Kept, *, by: Actor) -> None:
    audit.record(
        what,
        by=by,
        file_id=row.file_id,
        sections=[SECTION],
        records=[row.pk],
        digest=vault.digest(row),
    )
