"""What can be done with a question? Ask it, answer it, add to it, hand it on, erase it at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from spheres.accounts.models import Role
from spheres.audit import actions as audit
from spheres.core import context
from spheres.core.actor import Actor, service
from spheres.core.errors import NotAllowed
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.followup.questions import policy, queries
from spheres.followup.questions.models import Message, Question, QuestionStatus
from spheres.records import codes
from spheres.records.between import hooks
from spheres.sharing import actions as sharing
from spheres.sharing.models import Handler
from spheres.vault import actions as vault
from spheres.vault.models import Kind

Status = QuestionStatus.Status
FORGETTING: Final = service("expiry")


@transaction.atomic
def ask(
    form_id: UUID,
    *,
    words: str,
    nickname: str,
    language: str,
    desk: UUID,
    by: Actor,
    at: datetime,
) -> None:
    """Leave a question at the coordination's desk. The same form sent twice makes one question.

    Nothing of the device or the network comes along: the visitor's name is everybody's.
    """
    file_id = matter_of(form_id)
    asked = Question(id=file_id, file_id=file_id)
    vault.lock(asked, nickname=nickname)
    first = _message(form_id, file_id, Message.Side.HERS, words, by=by, at=at)
    if not sharing.open_at_desk(file_id, organisation_id=desk, role=Role.COORDINATOR, at=at):
        return
    _begin(form_id, asked, language=language, by=by, at=at)
    Message.objects.bulk_create([first])
    audit.record(
        "question.asked",
        by=by,
        file_id=file_id,
        records=[file_id],
        digest=vault.digest(asked, first),
    )


@transaction.atomic
def wait_here(form_id: UUID, file_id: UUID, *, language: str, by: Actor, at: datetime) -> None:
    """Whoever just left a referral for herself comes back here for the answer, under a code.

    The thread is the referral's own: whoever handles that answers, and it goes when that goes.
    """
    if not queries.was_just_left(file_id, actor=by):
        return  # sent again: it stands already
    if create_once(Question(id=file_id, file_id=file_id)):
        _standing(form_id, file_id, language=language, by=by, at=at, is_with_referral=True)


def _begin(form_id: UUID, asked: Question, *, language: str, by: Actor, at: datetime) -> None:
    Question.objects.bulk_create([asked])
    _standing(form_id, asked.file_id, language=language, by=by, at=at)


def _standing(
    form_id: UUID,
    file_id: UUID,
    *,
    language: str,
    by: Actor,
    at: datetime,
    is_with_referral: bool = False,
) -> None:
    QuestionStatus.objects.bulk_create(
        [
            QuestionStatus(
                id=file_id,
                file_id=file_id,
                language=language,
                is_with_referral=is_with_referral,
                received_at=at,
                last_at=at,
                code=queries.digest_of(code_of(form_id)),
                status=Status.WAITING,
                status_by=by.user_id,
                status_at=at,
            )
        ]
    )


def _message(
    message_id: UUID, file_id: UUID, side: str, words: str, *, by: Actor, at: datetime
) -> Message:
    said = Message(
        # Not the form's own identifier: whoever holds that one can tell the code.
        id=uuid5(file_id, message_id.hex),
        file_id=file_id,
        side=side,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(said, words=words)
    return said


@transaction.atomic
def answer(file_id: UUID, form_id: UUID, *, words: str, by: Actor, at: datetime) -> None:
    """Write to her, under her code; again when there is more. Sent twice, it is said once."""
    standing = queries.lock(file_id, actor=by)
    policy.can_answer_her(by, standing).or_raise()
    said = _message(form_id, file_id, Message.Side.OURS, words, by=by, at=at)
    if not create_once(said):
        return
    if standing.status == Status.ANSWERED:
        _note_last(standing, at=at)
    else:
        move(standing, Status.ANSWERED, by=by, at=at, last_at=at)
    audit.record(
        "question.answered", by=by, file_id=file_id, records=[said.id], digest=vault.digest(said)
    )


@transaction.atomic
def add(file_id: UUID, form_id: UUID, *, words: str, by: Actor, at: datetime) -> None:
    """One more word of hers. It waits for an answer again, whatever was set aside."""
    standing = queries.lock(file_id, actor=by)
    policy.can_add(by, standing).or_raise()
    said = _message(form_id, file_id, Message.Side.HERS, words, by=by, at=at)
    if not create_once(said):
        return
    if standing.status == Status.WAITING:
        _note_last(standing, at=at)
    else:
        move(standing, Status.WAITING, by=by, at=at, last_at=at)
    audit.record("question.added", by=by, records=[said.id], digest=vault.digest(said))


def _note_last(standing: QuestionStatus, *, at: datetime) -> None:
    standing.last_at = at
    standing.save(update_fields=["last_at"])


@transaction.atomic
def hand(file_id: UUID, *, to: UUID, by: Actor, at: datetime) -> None:
    """Ask a worker to answer; the desk goes on reading."""
    standing = queries.lock(file_id, actor=by)
    policy.can_pass_on(by, standing).or_raise()
    may_have = {one.user_id for one in queries.candidates(actor=by, at=at)}
    has_it = {one.user_id for one in queries.holders(file_id, actor=by)}
    policy.can_receive(to in may_have, to in has_it).or_raise()
    sharing.give_to_person(file_id, user_id=to, kind=Handler.Kind.ANSWERS, at=at)
    audit.record("question.handed", by=by, file_id=file_id, records=[to])


@transaction.atomic
def take_back(file_id: UUID, *, of: UUID, by: Actor, at: datetime) -> None:
    """That worker no longer reads it; what they wrote stays."""
    standing = queries.lock(file_id, actor=by)
    policy.can_pass_on(by, standing).or_raise()
    sharing.take_back(file_id, Handler.Kind.ANSWERS, at=at, user_id=of)
    audit.record("question.taken_back", by=by, file_id=file_id, records=[of])


@transaction.atomic
def set_aside(matters: Collection[UUID], *, by: Actor, at: datetime) -> int:
    """Put what a machine sent out of the queue, unread; returns how many. Nothing is erased by it:
    each may be taken up again until the delay has passed, and a word of hers brings it back."""
    policy.can_see_questions(by).or_raise()
    rows = queries.to_set_aside(matters, actor=by)
    for standing in rows:
        policy.can_set_aside(by, standing).or_raise()
        move(standing, Status.SET_ASIDE, by=by, at=at)
    if rows:
        audit.record("question.set_aside", by=by, records=[one.file_id for one in rows])
    return len(rows)


@transaction.atomic
def take_up(file_id: UUID, *, by: Actor, at: datetime) -> None:
    """Back in the queue."""
    standing = queries.lock(file_id, actor=by)
    policy.can_set_aside(by, standing).or_raise()
    if standing.status == Status.SET_ASIDE:
        move(standing, Status.WAITING, by=by, at=at)
        audit.record("question.taken_up", by=by, file_id=file_id)


@transaction.atomic
def erase_now(file_id: UUID, *, by: Actor, at: datetime) -> None:
    """«Stop, erase it now»: her words, ours and the key go in this very transaction.

    The service that forgets does it in her name: nobody else may destroy a key.
    """
    standing = queries.lock(file_id, actor=by)
    policy.can_erase(by, standing).or_raise()
    move(standing, Status.ERASED, by=by, at=at, code=b"")
    audit.record("question.erased", by=by, records=[file_id])
    with context.acting_as(FORGETTING):
        if not standing.is_with_referral:
            _forget(file_id, basis="question.hers", by=FORGETTING, at=at)
        elif not hooks.taken_back(file_id, by=FORGETTING, at=at):
            raise NotAllowed(policy.THEIRS)


@transaction.atomic
def expire(file_id: UUID, *, before: datetime, by: Actor, at: datetime) -> bool:
    """Erase a question in which nobody wrote since `before`; False when somebody has.

    What came with a referral goes with it; once that is settled, its code opens nothing.
    """
    standing = queries.lock(file_id, actor=by)
    if standing.last_at > before or standing.status in policy.OVER:
        return False
    stands = standing.is_with_referral and queries.is_handled(file_id, actor=by)
    if stands or vault.is_held(file_id, by=by):
        return False
    move(standing, Status.EXPIRED, by=by, at=at, code=b"")
    audit.record("question.expired", by=by, file_id=file_id)
    if not standing.is_with_referral:
        _forget(file_id, basis="question.term", by=by, at=at)
    return True


def _forget(file_id: UUID, *, basis: str, by: Actor, at: datetime) -> None:
    """The key and the texts; then who handled it. At which desk it stood is counted there."""
    kinds = Handler.Kind
    sharing.take_back(file_id, kinds.ANSWERS, kinds.DESK, at=at)
    vault.erase(file_id, kinds=[Kind.REFERRAL], basis=basis, by=by, at=at)


def matter_of(form_id: UUID) -> UUID:
    """The identifier of a question's matter: minted with it, unknown to whoever sent it."""
    return UUID(bytes=vault.keyed_digest("question", str(form_id))[:16], version=4)


def code_of(form_id: UUID) -> str:
    """The code of a question, kept nowhere."""
    return codes.code_of("question code", form_id)
