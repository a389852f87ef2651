"""What is done with a paper? It is read in the sandbox and kept; looked at again; taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spheres.accounts import limits
from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.once import create_once
from spheres.papers import checking, policy, queries, sandbox
from spheres.papers.checking import Answer
from spheres.papers.models import Look, Paper, Part
from spheres.papers.queries import Kept
from spheres.papers.registry import PaperKind
from spheres.papers.sandbox import NotTaken, Taken
from spheres.sharing.rules import LEGAL
from spheres.vault import actions as vault

KEPT, TAKEN, LOOKED = "paper.kept", "paper.taken", "paper.looked_at"
TOO_MANY: Final = _(
    "You have sent 30 papers within the hour: that is the most. This one was not read; send it a "
    "little later."
)
HARMFUL: Final = _(
    "The antivirus found something harmful in this file. Nothing of it was kept. Take a new "
    "picture of the paper itself."
)


@dataclass(frozen=True)
class Sent:
    """A paper as it was sent: of which thing, its bytes, the name they had, what is said of it."""

    id: UUID
    about: UUID
    content: bytes
    name: str
    signed_on: date | None = None
    words: str = ""

    def __repr__(self) -> str:
        return f"<a paper sent {self.id}>"


def keep(file_id: UUID, kind: PaperKind, sent: Sent, *, by: Actor, at: datetime) -> bool:
    """Read it in the sandbox, and keep what comes out. Raises NotTaken with the sentence to show.

    Not one transaction: a paper that is refused was counted all the same. What is kept is kept in
    one. Sent twice, it is one paper.
    """
    policy.can_keep(by, kind).or_raise()
    if not limits.allow("paper", str(by.user_id), at):
        raise NotTaken(TOO_MANY)
    sandbox.kind_of(sent.content, sent.name)
    answer = checking.look(sent.content)
    if answer is Answer.HARMFUL:
        raise NotTaken(HARMFUL)
    taken = sandbox.take_in(sent.content, sent.name)
    room = policy.can_add(taken.size, kept=queries.size_of_all(file_id, actor=by))
    if not room:
        raise NotTaken(room.reason)
    return keep_taken(file_id, kind.slug, sent, taken, answer, by=by, at=at)


@transaction.atomic
def keep_taken(
    file_id: UUID,
    kind: str,
    sent: Sent,
    taken: Taken,
    answer: Answer,
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """Keep the pages that the sandbox made, locked, and nothing of what was sent."""
    written = {"file_id": file_id, "written_by": by.user_id, "written_at": at}
    paper = Paper(
        id=sent.id,
        kind=kind,
        about=sent.about,
        signed_on=sent.signed_on,
        pages=len(taken.pages),
        size=taken.size,
        has_document=bool(taken.document),
        looked={
            Answer.NOT_ASKED: Paper.Looked.NOT_ASKED,
            Answer.CLEAN: Paper.Looked.CLEAN,
        }.get(answer, Paper.Looked.WAITING),
        **written,
    )
    vault.lock(paper, name=sent.name, words=sent.words)
    if not create_once(paper):
        return False
    contents = [(0, taken.document)] if taken.document else []
    contents += list(enumerate(taken.pages, start=1))
    parts = []
    for number, content in contents:
        part = Part(id=Part.id_of(sent.id, number), paper_id=paper.pk, number=number, **written)
        vault.lock(part, content=content)
        create_once(part)
        parts.append(part)
    audit.record(
        KEPT,
        by=by,
        file_id=file_id,
        sections=[LEGAL],
        records=[paper.pk, sent.about],
        digest=vault.digest(paper, *parts),
    )
    return True


@transaction.atomic
def take(kept: Kept, part_id: UUID, *, by: Actor, fetched_from: str) -> Part | None:
    """One part, opened to be given out, by an event of its own; None: there is no such part."""
    policy.can_take_from(fetched_from).or_raise()
    kept.may_be_taken.or_raise()
    part = queries.parts(kept.paper, actor=by).filter(pk=part_id).first()
    if part is not None:
        vault.open([part], by=by, action=TAKEN)
    return part


@transaction.atomic
def look_again(kept: Kept, look_id: UUID, *, by: Actor, at: datetime) -> Answer:
    """Ask again about a paper that waits: all that would be given out is looked at. While there is
    no answer, it goes on waiting."""
    if kept.is_harmful or not kept.waits:
        return Answer.NOT_ASKED
    parts = list(queries.parts(kept.paper, actor=by))
    vault.open(parts, by=by, action=LOOKED)
    answers = {checking.look(part.opened.content) for part in parts}
    if Answer.HARMFUL in answers:
        found = Look.Found.HARMFUL
    elif answers == {Answer.CLEAN}:
        found = Look.Found.CLEAN
    else:
        return Answer.SILENT
    create_once(
        Look(
            id=look_id,
            file_id=kept.paper.file_id,
            paper_id=kept.paper.pk,
            found=found,
            written_by=by.user_id,
            written_at=at,
        )
    )
    return Answer.HARMFUL if found == Look.Found.HARMFUL else Answer.CLEAN
