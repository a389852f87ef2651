"""What can be done of a request? Received, followed step by step, answered, handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from spheres.audit import actions as audit
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.core.once import create_once
from spheres.core.states import move
from spheres.privacy.access_requests import giving, policy, queries
from spheres.privacy.access_requests.models import (
    AccessRequest,
    Age,
    Asker,
    Decision,
    Keep,
    Letter,
    LetterAnswer,
    Passed,
    RequestStatus,
    Step,
    Wish,
)
from spheres.privacy.access_requests.queries import Asked, Received
from spheres.sharing import actions as sharing
from spheres.sharing.models import Seat
from spheres.sharing.rules import LEGAL, SEATED
from spheres.vault import actions as vault

Status = RequestStatus.Status
SEATED_FOR = timedelta(days=45)


@dataclass(frozen=True)
class Wanted:
    """What is asked, by whom, how the answer is to reach them."""

    id: UUID
    asker: str
    age: int
    way: str
    wish: str
    keep: str
    received_on: date
    words: str = ""
    is_neutral: bool = True
    record_type: str = ""
    record_id: UUID | None = None
    letter_id: UUID | None = None
    due_on: date | None = None  # said already, to whoever wrote the letter


def asked_by_letter(passed: Passed, wanted_id: UUID, age: int) -> Wanted:
    """What an opened letter asks, of somebody one walks with: it was acknowledged already, so the
    day, and what stands on paper, are those of the letter."""
    return Wanted(
        id=wanted_id,
        asker=passed.asker,
        age=age,
        way="PAPER",
        wish=passed.wish,
        keep=Keep.SENT,
        received_on=passed.received_on,
        words=f"{passed.opened.sender}\n{passed.opened.about}",
        is_neutral=passed.is_neutral,
        letter_id=passed.letter_id,
        due_on=passed.due_on,
    )


@dataclass(frozen=True)
class Answer:
    """What is decided, on which ground, with its reasons; what is left out."""

    id: UUID
    outcome: str
    age: int
    reasons: str = ""
    ground: str = ""
    left_out: tuple[UUID, ...] = ()
    look_again_on: date | None = None


@transaction.atomic
def receive(file_id: UUID, wanted: Wanted, *, days: int, by: Actor, at: datetime) -> bool:
    """Write down a request about somebody one walks with; the days of the law run from the day it
    was received. Sent twice, or asked again while it waits, it is one."""
    policy.can_receive(by).or_raise()
    if wanted.asker == Asker.SELF and wanted.age < Age.FROM_14:
        raise NotAllowed(policy.BY_A_LAWYER)
    same = uuid5(wanted.record_id or file_id, f"{wanted.asker} {wanted.wish}")
    row = AccessRequest(
        id=wanted.id,
        file_id=file_id,
        organisation_id=by.organisation_id,
        asker=wanted.asker,
        age=wanted.age,
        way=wanted.way,
        wish=wanted.wish,
        record_type=wanted.record_type,
        record_id=wanted.record_id,
        keep=wanted.keep,
        is_neutral=wanted.is_neutral,
        received_on=wanted.received_on,
        due_on=wanted.due_on or policy.due_on(wanted.received_on, days),
        letter_id=wanted.letter_id,
        received_by=by.user_id,
        received_at=at,
    )
    if queries.one(wanted.id, actor=by) is not None:
        return False
    if queries.is_same_open(file_id, same, actor=by):
        raise WrongState(policy.ALREADY)
    if not create_once(row):
        return False
    create_once(
        RequestStatus(
            request=row,
            file_id=file_id,
            organisation_id=by.organisation_id,
            same=same,
            status=Status.RECEIVED,
            status_by=by.user_id,
            status_at=at,
        )
    )
    if wanted.words:
        asked = uuid5(wanted.id, "asked")
        _write(row, asked, Step.Kind.ASKED, "", wanted.words, by=by, at=at)
    _tell("access_request.received", row, by=by)
    return True


@transaction.atomic
def write_step(
    asked: Asked, step_id: UUID, kind: str, code: str, words: str, *, by: Actor, at: datetime
) -> bool:
    """Write one step of a request that waits: dated, in one’s name, never edited."""
    policy.can_write_step(by, kind).or_raise()
    if not asked.is_open:
        raise WrongState(policy.ANSWERED)
    status = queries.lock(asked)
    if not _write(asked.row, step_id, kind, code, words, by=by, at=at):
        return False
    if kind == Step.Kind.IDENTITY and status.status == Status.RECEIVED:
        move(status, Status.IDENTIFIED, by=by, at=at)
    _tell("access_request.step", asked.row, by=by, basis=kind)
    return True


@transaction.atomic
def give_seat(asked: Asked, seat_id: UUID, officer: UUID, *, by: Actor, at: datetime) -> bool:
    """A person in charge of privacy reads what it takes to answer, on the pages of this request,
    until it is answered. Given twice, it is given once."""
    policy.can_give_seat(by).or_raise()
    if not asked.is_open:
        raise WrongState(policy.ANSWERED)
    if asked.seated or str(officer) not in dict(queries.officers(actor=by)):
        return False
    queries.past(asked.row.pk, actor=by, at=at).update(ended_at=at, ended_by=by.user_id)
    seat = Seat(
        id=seat_id,
        file_id=asked.row.file_id,
        user_id=officer,
        matter_id=asked.row.pk,
        kind=Seat.Kind.REQUEST,
        faces=list(SEATED),
        given_by=by.user_id,
        given_at=at,
        starts_at=at,
        ends_at=at + SEATED_FOR,
    )
    if not create_once(seat):
        return False
    _tell("access_request.seat", asked.row, officer, by=by)
    return True


@transaction.atomic
def end_seat(asked: Asked, *, by: Actor, at: datetime) -> bool:
    """Those who walk with the person end the seat that they gave, whatever was answered."""
    policy.can_give_seat(by).or_raise()
    row = asked.row
    return sharing.end_seats(row.pk, row.file_id, tells="access_request.seat_ended", by=by, at=at)


@transaction.atomic
def answer(asked: Asked, said: Answer, *, by: Actor, at: datetime) -> bool:
    """Decide, once what the law asks is written; the database refuses it before. A seat ends with
    the answer, unless something is still to be handed over."""
    if any(one.pk == said.id for one in asked.decisions):
        return False
    facts = asked.facts_at(said.age)
    policy.can_answer(by, facts, said.outcome).or_raise()
    if said.ground and (why := policy.why_not(facts, said.outcome, said.ground)) is not None:
        raise NotAllowed(why)
    status = queries.lock(asked)
    decision = Decision(
        id=said.id,
        file_id=asked.row.file_id,
        request=asked.row,
        outcome=said.outcome,
        ground=said.ground,
        age=max(said.age, asked.row.age),
        left_out=list(said.left_out),
        given=_given(asked, said, by=by),
        look_again_on=said.look_again_on,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(decision, reasons=said.reasons)
    if not create_once(decision):
        return False
    move(status, said.outcome, by=by, at=at, look_again_on=said.look_again_on)
    _tell("access_request.answered", asked.row, decision.pk, by=by, basis=said.outcome)
    if said.outcome not in policy.GIVING:
        _leave(asked, by=by, at=at)
    return True


@transaction.atomic
def hand_over(asked: Asked, step_id: UUID, words: str, *, by: Actor, at: datetime) -> bool:
    """It reached whoever asked, as they wished: that day. Pressed twice, once."""
    if asked.newest(Step.Kind.HANDED):
        return False
    policy.can_hand_over(by, asked.facts).or_raise()
    status = queries.lock(asked)
    if not _write(asked.row, step_id, Step.Kind.HANDED, "", words, by=by, at=at):
        return False
    move(status, Status.DELIVERED, by=by, at=at)
    _tell("access_request.handed", asked.row, by=by, basis=asked.reaches)
    _leave(asked, by=by, at=at)
    return True


def copied(asked: Asked, records: Sequence[UUID], shape: str, *, by: Actor) -> None:
    """Say that a copy was made: which shape, of which request, in her journal."""
    _tell("access_request.copied", asked.row, *records, by=by, basis=shape)


def _write(
    row: AccessRequest, step_id: UUID, kind: str, code: str, words: str, *, by: Actor, at: datetime
) -> bool:
    step = Step(
        id=step_id,
        file_id=row.file_id,
        request=row,
        kind=kind,
        code=code,
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(step, words=words)
    return create_once(step)


def _given(asked: Asked, said: Answer, *, by: Actor) -> list[UUID]:
    """What stands in the file now and is not left out: what was looked at and decided, by name."""
    if said.outcome not in policy.GIVING or asked.row.wish == Wish.RECTIFY:
        return []
    texts = giving.to_give(asked, actor=by)
    return [pk for _kind, pk, _at in texts if pk not in said.left_out]


def _leave(asked: Asked, *, by: Actor, at: datetime) -> None:
    """The seat ends with its matter."""
    live = Seat.objects.filter(matter_id=asked.row.pk, ended_at=None)
    live.update(ended_at=at, ended_by=by.user_id)


def _tell(what: str, row: AccessRequest, *others: UUID, by: Actor, basis: str = "") -> None:
    audit.record(
        what,
        by=by,
        file_id=row.file_id,
        sections=[LEGAL],
        records=[row.pk, *others],
        basis=basis,
    )


# The desk of whoever is in charge of privacy.


@dataclass(frozen=True)
class Arrived:
    """What a letter says: about whom, from whom, what it asks."""

    id: UUID
    asker: str
    wish: str
    received_on: date
    about: str
    sender: str
    address: str
    is_neutral: bool = True


@transaction.atomic
def keep_letter(arrived: Arrived, *, days: int, by: Actor, at: datetime) -> bool:
    """Keep a letter, whoever it speaks of: nobody is looked up by it, nothing is confirmed."""
    policy.can_sit(by).or_raise()
    row = Letter(
        id=arrived.id,
        organisation_id=by.organisation_id,
        asker=arrived.asker,
        wish=arrived.wish,
        is_neutral=arrived.is_neutral,
        received_on=arrived.received_on,
        due_on=policy.due_on(arrived.received_on, days),
        written_by=by.user_id,
        written_at=at,
    )
    vault.lock(row, about=arrived.about, sender=arrived.sender, address=arrived.address)
    if not create_once(row):
        return False
    audit.record("access_letter.kept", by=by, records=[row.pk])
    return True


@transaction.atomic
def show_letter(received: Received, colleagues: Sequence[UUID], *, by: Actor, at: datetime) -> int:
    """Show an opened letter to colleagues: does it speak of somebody they walk with? How many."""
    policy.can_sit(by).or_raise()
    if received.answer is not None:
        raise WrongState(policy.ANSWERED)
    row, shown = received.row, 0
    for colleague in colleagues:
        passed = Passed(
            id=uuid5(row.pk, str(colleague)),
            organisation_id=row.organisation_id,
            letter_id=row.pk,
            to_user_id=colleague,
            asker=row.asker,
            wish=row.wish,
            is_neutral=row.is_neutral,
            received_on=row.received_on,
            due_on=row.due_on,
            written_by=by.user_id,
            written_at=at,
        )
        vault.lock(passed, about=row.opened.about, sender=row.opened.sender)
        shown += create_once(passed)
    audit.record("access_letter.shown", by=by, records=[row.pk, *colleagues])
    return shown


@transaction.atomic
def answer_letter(received: Received, *, by: Actor, at: datetime) -> bool:
    """Answer it in words that confirm nothing; what a colleague took on is a request."""
    policy.can_sit(by).or_raise()
    if received.is_taken:
        raise WrongState(policy.ANSWERED)
    row = LetterAnswer(
        id=received.row.pk,
        organisation_id=by.organisation_id,
        answered_by=by.user_id,
        answered_at=at,
    )
    if not create_once(row):
        return False
    audit.record("access_letter.answered", by=by, records=[row.pk])
    return True


@transaction.atomic
def forget_letters(rule: str, *, before: datetime, by: Actor) -> int:
    """Forget, with their keys, what this rule of the region no longer keeps; how many."""
    forgotten = vault.forget_due(rule, before=before, by=by)
    if forgotten:
        audit.record("access_letters.forgotten", by=by, basis=rule)
    return forgotten
