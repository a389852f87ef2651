"""What is done with a paper of a meeting? It is read in the sandbox, kept, taken, taken off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spheres.accounts import limits
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.papers import checking, sandbox
from spheres.papers.actions import HARMFUL, TOO_MANY
from spheres.papers.checking import Answer
from spheres.papers.sandbox import NotTaken, Taken
from spheres.partners.meeting_papers import policy, queries
from spheres.partners.meeting_papers.models import Leaf, MeetingPaper
from spheres.partners.meeting_papers.queries import Seat
from spheres.vault import actions as vault

SILENT: Final = _(
    "The antivirus did not answer, and nothing of this paper was kept. Send it again a little "
    "later."
)


@dataclass(frozen=True)
class Sent:
    """A paper as it was sent: its bytes, and the name they had."""

    id: UUID
    content: bytes
    name: str

    def __repr__(self) -> str:
        return f"<a paper sent {self.id}>"


def keep(seat: Seat, sent: Sent, *, by: Actor, at: datetime) -> bool:
    """Read it in the sandbox, and keep what comes out. Raises NotTaken with the sentence to show.

    Not one transaction: a paper that is refused was counted all the same. Sent twice, it is one.
    """
    policy.can_put(seat.meeting, at=at).or_raise()
    if not limits.allow("paper", str(by.user_id), at):
        raise NotTaken(TOO_MANY)
    sandbox.kind_of(sent.content, sent.name)
    answer = checking.look(sent.content)
    if answer is Answer.HARMFUL:
        raise NotTaken(HARMFUL)
    if answer is Answer.SILENT:
        raise NotTaken(SILENT)
    taken = sandbox.take_in(sent.content, sent.name)
    room = policy.can_add(taken.size, kept=queries.size_of_all(seat.meeting.pk, actor=by))
    if not room:
        raise NotTaken(room.reason)
    return keep_taken(seat, sent, taken, by=by, at=at)


@transaction.atomic
def keep_taken(seat: Seat, sent: Sent, taken: Taken, *, by: Actor, at: datetime) -> bool:
    """Keep the pages that the sandbox made, locked, and nothing of what was sent."""
    policy.can_put(seat.meeting, at=at).or_raise()
    written = {
        "committee_id": seat.meeting.committee_id, "written_by": by.user_id, "written_at": at,
    }  # fmt: skip
    paper = MeetingPaper(
        id=sent.id,
        meeting_id=seat.meeting.pk,
        pages=len(taken.pages),
        size=taken.size,
        has_document=bool(taken.document),
        **written,
    )
    vault.lock(paper, name=sent.name)
    if not create_once(paper):
        return False
    contents = [(0, taken.document)] if taken.document else []
    for number, content in [*contents, *enumerate(taken.pages, start=1)]:
        leaf = Leaf(id=Leaf.id_of(sent.id, number), paper_id=paper.pk, number=number, **written)
        vault.lock(leaf, content=content)
        create_once(leaf)
    audit.record("meeting_paper.kept", by=by, records=[paper.pk, seat.meeting.pk])
    return True


@transaction.atomic
def take(paper: MeetingPaper, leaf_id: UUID, *, by: Actor, fetched_from: str) -> Leaf | None:
    """One page, opened to be given out, by an event of its own; None: there is no such page."""
    policy.can_take_from(fetched_from).or_raise()
    leaf = queries.leaf(paper, leaf_id, actor=by)
    if leaf is not None:
        vault.open([leaf], by=by, action="meeting_paper.taken")
    return leaf


@transaction.atomic
def remove(paper_id: UUID, *, chairs: bool, by: Actor, at: datetime) -> None:
    """Take it off: its line stays, and nobody reads it any more. Pressed twice, once."""
    if queries.is_off(paper_id, actor=by):
        return
    row = queries.lock(paper_id, actor=by)
    policy.can_remove(by, row, chairs=chairs).or_raise()
    row.taken_off_by, row.taken_off_at = by.user_id, at
    row.save(update_fields=["taken_off_by", "taken_off_at"])
    audit.record("meeting_paper.taken_off", by=by, records=[paper_id])
